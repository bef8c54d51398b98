"""Draws a figure again from the CSV file of the same name. Needs matplotlib."""
import csv
import pathlib
import textwrap

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt

HERE = pathlib.Path(__file__).resolve()
nan = float("nan")
# What is drawn: one entry for each plot, with its axes and the look of its marks, which are numbered as in the CSV file.
STYLE = {}
PLOTS = []

data = {}
with open(HERE.with_suffix(".csv"), encoding="utf-8-sig", newline="") as file:
    for row in csv.DictReader(file):
        data.setdefault((int(row["panel"]), int(row["plot"]), int(row["mark"])), []).append(row)

plt.rcParams.update({"font.size": STYLE["font"], "lines.linewidth": STYLE["line"], "axes.linewidth": STYLE["line"] / 2})
columns = min(STYLE["columns"], len(PLOTS))
rows = -(-len(PLOTS) // columns)
size = STYLE["width"] / 72
figure, axes = plt.subplots(rows, columns, figsize=(size, 0.7 * size / columns * rows), squeeze=False, layout="constrained")
for unused in axes.flat[len(PLOTS):]:
    unused.set_axis_off()

for ax, plot in zip(axes.flat, PLOTS):
    ax.set_title(plot["title"], loc="left", fontsize=1.15 * STYLE["font"], fontweight="bold")
    if "missing" in plot:
        ax.set(xticks=[], yticks=[])
        centred = {"transform": ax.transAxes, "horizontalalignment": "center", "verticalalignment": "center"}
        ax.text(0.5, 0.5, textwrap.fill(plot["missing"], 40), **centred)
        continue
    second = ax.twinx() if plot["right"] else None
    for mark in plot["marks"]:
        on = second if mark["is_right"] else ax
        points = data.get((plot["panel"], plot["plot"], mark["mark"]), [])
        x, y, low, high = ([float(point[name] or nan) for point in points] for name in ("x", "y", "low", "high"))
        kind, colour, label = mark["kind"], mark["colour"], mark["label"]
        if kind == "line":
            style = mark["dash"] if isinstance(mark["dash"], str) else (mark["dash"][0], tuple(mark["dash"][1]))
            on.plot(x, y, color=colour, linestyle=style, label=label, drawstyle="steps-post" if mark["is_stepped"] else "default",
                    marker=mark["marker"], markevery=0.05, markersize=0.6 * STYLE["font"])
        elif kind == "band":
            on.fill_between(x, low, high, color=colour, alpha=0.2, linewidth=0, label=label)
        elif kind == "density":
            on.fill_between(x, low, high, facecolor=matplotlib.colors.to_rgba(colour, 0.2), edgecolor=colour, linewidth=STYLE["line"] / 2, label=label)
        elif kind == "bars" and points:
            on.stairs(y, low + high[-1:], color=colour, fill=True, alpha=0.2)
            on.stairs(y, low + high[-1:], color=colour, label=label)
        elif kind == "points":
            face = {"color": colour} if mark["marker"] in "x+" else {"edgecolor": colour, "facecolor": colour if mark["is_filled"] else "white"}
            on.scatter(x, y, s=mark["size"], marker=mark["marker"], label=label, zorder=3, **face)
        elif kind == "intervals":
            on.hlines(y, low, high, color=colour)
        elif kind == "raster":
            on.vlines(x, [row - 0.4 for row in y], [row + 0.4 for row in y], color=colour, linewidth=0.5)
        elif kind == "rug" and mark["side"] == "right":
            on.plot([0.98] * len(y), y, "x", color=colour, transform=on.get_yaxis_transform(), label=label)
        elif kind == "rug":
            height = 0.96 if mark["side"] == "top" else 0.02
            on.plot(x, [height] * len(x), mark["marker"], color=colour, transform=on.get_xaxis_transform(), label=label)
        elif kind == "rule":
            style = mark["dash"] if isinstance(mark["dash"], str) else (mark["dash"][0], tuple(mark["dash"][1]))
            (on.axvline if points[0]["x"] else on.axhline)(x[0] if points[0]["x"] else y[0], color=colour, linestyle=style, label=label)
        elif kind == "image":
            wide = mark["columns"]
            picture = on.imshow(
                [y[at:at + wide] for at in range(0, len(y), wide)], origin="lower", aspect="auto", extent=mark["extent"],
                cmap=matplotlib.colors.LinearSegmentedColormap.from_list("scale", mark["colours"]), interpolation="nearest",
                norm=(matplotlib.colors.LogNorm if mark["is_log"] else matplotlib.colors.Normalize)(mark["from"], mark["to"], clip=True))
            figure.colorbar(picture, ax=on)
    lanes = 1 + max((bracket["lane"] for bracket in plot["brackets"]), default=0)
    for bracket in plot["brackets"]:
        right, beside = 1.02 + 0.015 * bracket["lane"], 1.02 + 0.015 * lanes + 0.15 * bracket["column"]
        rows, beyond = [bracket[end] for end in ("from", "from", "to", "to")], {"transform": ax.get_yaxis_transform(), "clip_on": False}
        ax.plot([right - 0.01, right, right, right - 0.01], rows, color="black", linewidth=STYLE["line"] / 2, **beyond)
        ax.text(beside, bracket["to"], bracket["text"], verticalalignment="center", **beyond)
    for which, on, axis in (("x", ax, plot["x"]), ("y", ax, plot["y"]), ("y", second, plot["right"])):
        if axis is None:
            continue
        on.set(**{which + "label": axis["name"]})
        if axis["scale"] == "category":
            on.set_yticks(range(len(axis["categories"])), axis["categories"])
            on.set_ylim(len(axis["categories"]) - 0.5, -0.5)
        else:
            options = {"linthresh": axis["threshold"]} if axis["scale"] == "symlog" else {}
            (on.set_xscale if which == "x" else on.set_yscale)(axis["scale"], **options)
            (on.set_xlim if which == "x" else on.set_ylim)(axis["from"], axis["to"])
    names = {}
    for on in [ax] + ([second] if second else []):
        for handle, name in zip(*on.get_legend_handles_labels()):
            names.setdefault(name, handle)
    shown = [name for name in plot["key"] if name in names]
    if shown:
        legend = ax.legend([names[name] for name in shown], [textwrap.fill(name, 28) for name in shown], frameon=False)
        # A long name must not make the axes narrow.
        legend.set_in_layout(False)

figure.savefig(HERE.with_name(HERE.stem + "-replot.pdf"))
