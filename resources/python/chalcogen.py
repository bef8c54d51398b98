"""Reads Chalcogen libraries: runs, sweeps, epochs, snapshots and pulses, with NumPy, and as pandas tables where pandas is installed.

    import chalcogen
    with chalcogen.open("library.chalcogen") as library:
        for run in library.runs(status="done", scheme="mixed-precision"):
            print(run["seed"], run.epochs()["loss"][-1], run.array("conductance", "recurrent").shape)

A library is opened read-only, also while the application uses it. Libraries of all versions up to NEWEST_VERSION are read; each answer has
the names of the newest one. NaN stands for a number that does not exist, and None for a text that does not.
"""

import hashlib
import json
import math
import os
import pathlib
import re
import shutil
import sqlite3
import tempfile
import weakref
import zlib
from collections.abc import Mapping

import numpy as np

NEWEST_VERSION = 13
APPLICATION_ID = 0x43686C63
OLDEST_SQLITE = (3, 38)

_TYPES = {"f32": "<f4", "f64": "<f8", "u16": "<u2", "u32": "<u4"}


def _of_last(column):
    return f"(SELECT {column} FROM epochs WHERE epochs.run_id = runs.run_id ORDER BY epoch DESC LIMIT 1)"


# Columns of a run and of an epoch by the names of the views, with those of the tables, the newest first. Version 1 has the last epoch's
# numbers in the table of epochs only.
_RUN = {
    "run_id": ["run_id"], "status": ["status"], "outcome": ["outcome"], "shelf": ["shelf"], "name": ["name"], "preset": ["preset"],
    "task": ["task", "(CASE WHEN json_valid(spec) THEN json_extract(spec, '$.task.kind') END)"], "scheme": ["scheme"], "seed": ["seed"], "epochs": ["epochs"],
    "epochs_done": ["epochs_done", "(SELECT count(*) FROM epochs WHERE epochs.run_id = runs.run_id)"],
    "loss": ["loss", "mse", _of_last("mse")],
    "loss_last_20": ["loss_last_20", "mse_last_20", "(SELECT CASE WHEN count(mse) = count(*) THEN avg(mse) END FROM"
                     " (SELECT mse FROM epochs WHERE epochs.run_id = runs.run_id ORDER BY epoch DESC LIMIT 20))"],
    "mean_rate_hz": ["mean_rate_hz", _of_last("mean_rate_hz")], "set_pulses": ["set_pulses", _of_last("set_pulses")],
    "reset_pulses": ["reset_pulses", _of_last("reset_pulses")], "refreshed_pairs": ["refreshes", _of_last("refreshes")],
    "read_pulses": ["read_pulses", _of_last("read_pulses")], "sequences": ["sequences"],
    "time_per_sequence_s": ["seconds_per_sequence"], "time_computed_s": ["computed_seconds"], "created_at_utc": ["created_at"],
    "started_at_utc": ["started_at"], "ended_at_utc": ["ended_at"], "error_code": ["error_code"], "error_message": ["error_message"],
    "sweep_id": ["sweep_id"], "arm_from_0": ["arm"], "digest": ["digest"], "starred": ["0"], "tags": ["''"], "note": ["''"],
    "unverified": ["0"],
}


def _annotation(column):
    return f"(SELECT annotations.{column} FROM annotations WHERE annotations.run_id = runs.run_id)"


# What the user has written about a run, which libraries have since version 10.
_ANNOTATED = {
    "name": [f"(coalesce({_annotation('name')}, runs.name))"], "starred": [f"(coalesce({_annotation('starred')}, 0))"],
    "tags": ["(SELECT coalesce(group_concat(tag, ', '), '') FROM tags WHERE tags.run_id = runs.run_id)"],
    "note": [f"(coalesce({_annotation('note')}, ''))"],
}
# Runs that came from outside and are not verified, which libraries list since version 12.
_UNVERIFIED = {"unverified": ["(EXISTS (SELECT 1 FROM unverified WHERE unverified.run_id = runs.run_id))"]}
_EPOCH = {
    "epoch": ["epoch"], "loss": ["loss", "mse"], "mean_rate_hz": ["mean_rate_hz"], "silent_fraction": ["silent"],
    "zero_surrogate_fraction": ["zero_surrogate"], "always_firing_fraction": ["always_firing"], "saturated_fraction": ["saturated"],
    "set_pulses": ["set_pulses"], "reset_pulses": ["reset_pulses"], "refreshed_pairs": ["refreshes"], "read_pulses": ["read_pulses"],
}
# Parameters that runs have as columns, and a signal, which is long.
_OWN = {"seed", "name", "preset", "scheme.kind", "task.kind", "task.samples"}

# Unit and axes of the kinds of arrays.
_KINDS = {
    "weight": ("", "post, pre"), "conductance": ("µS", "post, pre, pair, device"),
    "age": ("s", "post, pre, pair, device"),
    **{f"pulses.{pulse}": ("", "post, pre, pair, device") for pulse in ("set", "reset", "refresh", "read")},
    "output": ("", "step, output"), "target": ("", "step, output"), "spikes": ("", "spike, (step, neuron)"),
    **{f"recorded.{trace}": ("", "step") for trace in ("membrane", "threshold", "signal", "eligibility")}, "recorded.spikes": ("", "spike"),
    "recorded.change": ("", "epoch, (gradient, requested, planned, actual)"),
    "recorded.pulses": ("", "epoch, (sets_plus, sets_minus, resets, refreshes)"),
}
# Kinds of arrays that are of snapshots. All others are of recorded neurons and synapses.
_IN_SNAPSHOT = "kind NOT LIKE 'recorded.%'"
_FRACTIONS = {"loss", "loss_last_20", "mean_rate_hz", "time_per_sequence_s", "time_computed_s"}
_COUNTS = {"epoch", "set_pulses", "reset_pulses", "refreshed_pairs", "read_pulses"}


class LibraryError(Exception):
    """What all errors of this module have in common. Its text names the place, what was found, and what to do."""


class NotALibrary(LibraryError):
    """The file is no library, or one of a newer version."""


class NotFound(LibraryError, KeyError):
    """The library has no such run, column, snapshot or array."""

    __str__ = Exception.__str__  # KeyError would put the text in quotes


class Damaged(LibraryError):
    """A part of the library is not as it was saved. All other parts can be read."""


def open(path):
    """Opens a library to read it, and leaves no trace. Raises FileNotFoundError, NotALibrary, or LibraryError with the reason.

    A library that you may not write and that nobody uses is read as a temporary copy, as it was then. All others are read where they
    are, so each call gives what is saved by then.
    """
    return Library(path)


class Library:
    """An open library. Use it in a `with` block, or call `close()`."""

    def __init__(self, path):
        self.path = pathlib.Path(path).resolve(strict=True)
        self._db, self._copy = _connected(self.path)
        self._finish = weakref.finalize(self, _close, self._db, self._copy)
        self.version = self._db.execute("PRAGMA user_version").fetchone()[0]
        self._run = self._columns("runs", {**_RUN, **(_ANNOTATED if self.version >= 10 else {}), **(_UNVERIFIED if self.version >= 12 else {})})
        self._epoch = self._columns("epochs", _EPOCH)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        """Closes the file and deletes the copy that was read, if there is one. Happens by itself when Python ends."""
        self._finish()

    def runs(self, where=None, **columns):
        """Runs, the newest first.

        `columns` selects by columns and parameters: `runs(status="done", seed=[201, 202], **{"network.threshold": 0.2})`. `where` is an
        expression of SQL with columns and, in double quotes, parameters: `runs("loss < 0.01 AND \"network.threshold\" > 0.2")`.
        Raises NotFound for a column or parameter that no run has, and ValueError for an expression that SQLite does not understand.
        """
        values = []
        conditions = ["TRUE"] if where is None else [self._condition(where)]
        for name, wanted in columns.items():
            choices = list(wanted) if isinstance(wanted, (list, tuple, set, range, np.ndarray)) else [wanted]
            conditions.append(" OR ".join([f"{self._operand(name)} IS ?"] * len(choices)) or "FALSE")
            values += [each.item() if isinstance(each, np.generic) else each for each in choices]
        sql = f"SELECT {', '.join(_RUN)} FROM (SELECT {self._run}, spec, rowid AS place FROM runs)"
        sql += f" WHERE {' AND '.join(f'({each})' for each in conditions)} ORDER BY created_at_utc DESC, place DESC"
        return [Run(self, row) for row in self._rows(sql, *values)]

    def run(self, run_id):
        """The run with this id. Raises NotFound."""
        rows = self._rows(f"SELECT {self._run} FROM runs WHERE run_id = ?", run_id)
        if not rows:
            raise NotFound(f"{self.path} has no run {run_id}. List the ids with runs().")
        return Run(self, rows[0])

    def sweeps(self):
        """Sweeps, the newest first. None in a library of version 1 or 2."""
        if self.version < 3:
            return []
        rows = self._rows("SELECT sweep_id, name, created_at FROM sweeps ORDER BY rowid DESC")
        return [Sweep(self, *row) for row in rows]

    def sweep(self, sweep_id):
        """The sweep with this id. Raises NotFound."""
        found = [sweep for sweep in self.sweeps() if sweep["sweep_id"] == sweep_id]
        if not found:
            raise NotFound(f"{self.path} has no sweep {sweep_id}. List the ids with sweeps().")
        return found[0]

    def table(self, where=None, *, parameters=(), **columns):
        """A dict for each run: its columns, and parameters by their path in the spec. Selects as `runs` does.

        The parameters are those that differ between the runs, and those named in `parameters`, or all for `parameters="all"`. Lists
        become tuples. A run with a damaged spec has the reason as `unreadable`.
        """
        runs = self.runs(where, **columns)
        return [{**run, **own} for run, own in zip(runs, _telling_apart(runs, parameters))]

    def frame(self, where=None, *, parameters=(), **columns):
        """The same as a pandas table with one row per run."""
        return _pandas().DataFrame(self.table(where, parameters=parameters, **columns))

    def epoch_frame(self, where=None, *, parameters=(), **columns):
        """A pandas table with one row per epoch of the runs: what tells the runs apart, then the metrics of the epoch.

        Selects as `runs` does, and has the parameters of `table`.
        """
        pandas = _pandas()
        runs = self.runs(where, **columns)
        parts = [
            pandas.DataFrame({"run_id": run["run_id"], "scheme": run["scheme"], "seed": run["seed"], **own, **run.epochs(), **run.metrics()})
            for run, own in zip(runs, _telling_apart(runs, parameters))
        ]
        return pandas.concat(parts, ignore_index=True) if parts else pandas.DataFrame()

    def _condition(self, where):
        """The expression with SQL for each parameter. SQLite would take an unknown name in double quotes for a text."""
        sql = re.sub(r"'(?:[^']|'')*'|\"([^\"]*)\"", lambda found: self._operand(found[1]) if found[1] is not None else found[0], where)
        try:
            self._db.execute(f"EXPLAIN SELECT * FROM (SELECT {self._run}, spec FROM runs) WHERE ({sql}\n)").close()
        except (sqlite3.OperationalError, sqlite3.ProgrammingError, sqlite3.Warning) as error:
            raise ValueError(
                f"where is {where!r}, which SQLite does not understand: {error}. Put texts in single quotes and parameters in double quotes."
                f" Columns are {', '.join(_RUN)}."
            ) from error
        return f"{sql}\n"

    def _operand(self, name):
        """SQL for a column, or for a parameter by its path."""
        if name in _RUN:
            return name
        if re.fullmatch(r"\w+(\.\w+)+", name):
            path = f"CASE WHEN json_valid(spec) THEN json_extract(spec, '$.{name}') END"
            if self._rows(f"SELECT 1 FROM runs WHERE json_valid(spec) AND json_type(spec, '$.{name}') IS NOT NULL LIMIT 1"):
                return f"({path})"
            raise NotFound(f"No run of {self.path} has the parameter {name}. See run.parameters().")
        raise NotFound(f"A run has no column {name}. It has {', '.join(_RUN)}. A parameter is named by its path, such as network.threshold.")

    def _columns(self, table, names):
        """SQL for the columns that this version of the table has, in the order of `names`."""
        there = {row[1] for row in self._rows(f"PRAGMA table_xinfo({table})")}
        def one(choices):
            return next((name for name in choices if name in there or not name.isidentifier()), "NULL")
        return ", ".join(f"{one(choices)} AS {name}" for name, choices in names.items())

    def _complete(self, spec):
        """Puts the samples of a signal, which libraries keep once since version 13, in the place of what refers to them."""
        task = spec.get("task") if isinstance(spec, dict) else None
        kept = task.get("samples") if isinstance(task, dict) else None
        if not isinstance(kept, dict):
            return
        sha256 = kept.get("sha256")
        rows = self._rows("SELECT count, packing, data FROM samples WHERE sha256 = ?", sha256)
        if not rows:
            raise Damaged(f"The samples {sha256} of a signal are not in {self.path}. {_REPAIR}")
        count, packing, data = rows[0]
        try:
            task["samples"] = _unpacked("f64", f"[{count}]", sha256, packing, data).tolist()
        except (ValueError, TypeError, zlib.error) as error:
            raise Damaged(f"The samples {sha256} of a signal are damaged: {error}. {_REPAIR}") from error

    def _rows(self, sql, *values):
        """Answers of the library. Raises Damaged if pages of the file are, and LibraryError while another program has locked it."""
        try:
            return self._db.execute(sql, values).fetchall()
        except sqlite3.OperationalError as error:
            raise LibraryError(f"{self.path} cannot be read now: {error}. Try again.") from error
        except sqlite3.DatabaseError as error:
            raise Damaged(f"{self.path} is damaged: {error}. {_REPAIR}") from error


class _Row(Mapping):
    """A row of the library: its columns by their names."""

    def __init__(self, library, columns):
        self._library = library
        self._columns = columns

    def __getitem__(self, name):
        return self._columns[name]

    def __iter__(self):
        return iter(self._columns)

    def __len__(self):
        return len(self._columns)


class Sweep(_Row):
    """A sweep: `sweep["sweep_id"]`, `sweep["name"]`, `sweep["created_at_utc"]`. Its runs are those with its id."""

    def __init__(self, library, *columns):
        super().__init__(library, dict(zip(("sweep_id", "name", "created_at_utc"), columns)))

    def __repr__(self):
        return f"<Sweep {self['sweep_id']}: {self['name']}>"

    @property
    def document(self):
        """The sweep as it was started, as a dict: spec, variants, axes, seeds. Samples of a signal are in it. Raises Damaged."""
        rows = self._library._rows("SELECT document FROM sweeps WHERE sweep_id = ?", self["sweep_id"])
        if not rows:
            raise NotFound(f"Sweep {self['sweep_id']} was deleted. List the others with sweeps().")
        document = _document(rows[0][0], f"The document of sweep {self['sweep_id']}", "Its runs can be read.")
        self._library._complete(document.get("spec"))
        return document

    def varied(self):
        """Paths of the parameters that the arms vary, in the order of the document. Raises Damaged."""
        document = self.document
        of_variants = [path for variant in document.get("variants", []) for path in variant["changes"]]
        return list(dict.fromkeys([*of_variants, *(axis["path"] for axis in document.get("axes", []))]))

    def runs(self, where=None, **columns):
        """Its runs, the newest first. Selects as `runs` of the library does."""
        return self._library.runs(where, sweep_id=self["sweep_id"], **columns)

    def frame(self, where=None, **columns):
        """A pandas table of its runs with a column for each parameter that it varies, also where no two runs differ yet."""
        return self._library.frame(where, parameters=self.varied(), sweep_id=self["sweep_id"], **columns)

    def epoch_frame(self, where=None, **columns):
        """A pandas table of the epochs of its runs, with the same parameters."""
        return self._library.epoch_frame(where, parameters=self.varied(), sweep_id=self["sweep_id"], **columns)


class Run(_Row):
    """A run. Its columns are those of the view `run_table`: `run["loss_last_20"]`."""

    def __init__(self, library, row):
        super().__init__(library, {name: np.nan if value is None and name in _FRACTIONS else value for name, value in zip(_RUN, row)})

    def __repr__(self):
        return f"<Run {self['run_id']}: {self['name'] or self['scheme']}, seed {self['seed']}, {self['status']}>"

    @property
    def spec(self):
        """The whole experiment as a dict, as it was saved, with the samples of a signal. Raises Damaged, or NotFound if the run was deleted meanwhile."""
        spec = self._document("spec")
        self._library._complete(spec)
        return spec

    @property
    def environment(self):
        """Versions of the program that computed the run, as a dict. Raises Damaged, or NotFound if the run was deleted meanwhile."""
        return self._document("environment")

    def parameters(self):
        """All parameters by their path in the spec: {"network.threshold": 0.2, …}. Raises Damaged if the spec is."""
        return dict(_leaves(self.spec))

    def epochs(self):
        """Metrics by epoch: a dict of arrays, each [epochs], with the columns of the view `epoch_table`."""
        rows = self._select(f"SELECT {self._library._epoch} FROM epochs WHERE run_id = ? ORDER BY epoch")
        columns = zip(*rows) if rows else [()] * len(_EPOCH)
        return {name: _numbers(values, np.int64 if name in _COUNTS else np.float64) for name, values in zip(_EPOCH, columns)}

    def pattern_losses(self):
        """Loss of each pattern, [epochs, patterns]. Raises Damaged if an epoch has not all patterns."""
        losses = self._packed_pattern_losses() if self._library.version < 7 else self._listed_pattern_losses()
        if len({len(each) for each in losses}) > 1:
            raise Damaged(f"Epochs of run {self['run_id']} have different numbers of patterns. {_REPAIR}")
        return np.array(losses) if losses else np.empty((0, 0))

    def _packed_pattern_losses(self):
        rows = self._select("SELECT pattern_mse FROM epochs WHERE run_id = ? ORDER BY epoch")
        return [np.frombuffer(blob[: len(blob) // 8 * 8], "<f8").astype(float) for (blob,) in rows]

    def _listed_pattern_losses(self):
        losses = {}
        for epoch, loss in self._select("SELECT epoch, loss FROM pattern_losses WHERE run_id = ? ORDER BY epoch, pattern"):
            losses.setdefault(epoch, []).append(loss)
        return [_numbers(each, np.float64) for each in losses.values()]

    def metrics(self):
        """Metrics that the task reports besides its loss, by name, each [epochs]. NaN where an epoch has none."""
        if self._library.version < 7:
            return {}
        place = {epoch: index for index, (epoch,) in enumerate(self._select("SELECT epoch FROM epochs WHERE run_id = ? ORDER BY epoch"))}
        found = {}
        for metric, epoch, value in self._select("SELECT metric, epoch, value FROM epoch_metrics WHERE run_id = ? ORDER BY metric"):
            values = found.setdefault(metric, np.full(len(place), np.nan))
            if epoch in place and value is not None:
                values[place[epoch]] = value
        return found

    def snapshots(self):
        """Epochs that have a snapshot, in order."""
        return [epoch for (epoch,) in self._select(f"SELECT DISTINCT epoch FROM arrays WHERE run_id = ? AND {_IN_SNAPSHOT} ORDER BY epoch")]

    def recordings(self):
        """Epochs that have recorded traces or updates, in order. `recorded` and `updates` read them."""
        return [epoch for (epoch,) in self._select(f"SELECT DISTINCT epoch FROM arrays WHERE run_id = ? AND NOT {_IN_SNAPSHOT} ORDER BY epoch")]

    def recorded(self, epoch=None):
        """Traces of the recorded neurons and synapses in an epoch, in the last one unless it is given: {(trace, name): [step]}.

        Traces are membrane, threshold, signal and spikes of `neuron-5`, and eligibility of `input-3-5`, from input channel 3 to neuron 5.
        Raises NotFound and Damaged.
        """
        of_traces = f"run_id = ? AND NOT {_IN_SNAPSHOT} AND kind NOT IN ('recorded.change', 'recorded.pulses')"
        there = [each for (each,) in self._select(f"SELECT DISTINCT epoch FROM arrays WHERE {of_traces} ORDER BY epoch")]
        if epoch is None and there:
            epoch = there[-1]
        if epoch not in there:
            choices = f"Choose one of {', '.join(map(str, there))}." if there else "It has none at all."
            raise NotFound(f"Run {self['run_id']} has no recorded traces{'' if epoch is None else f' of epoch {epoch}'}. {choices}")
        rows = self._select(f"SELECT kind, name FROM arrays WHERE {of_traces} AND epoch = ? ORDER BY kind, name", epoch)
        return {(kind.removeprefix("recorded."), name): self._array(kind, name, epoch) for kind, name in rows}

    def updates(self, name):
        """What became of a recorded synapse in every epoch: `updates("input-3-5")`. A dict of arrays, each [epochs].

        Gradient, requested, planned and actual change of the weight are summed over the sequences of an epoch, and so are the pulses,
        which digital weights do not have. Raises NotFound and Damaged.
        """
        found = {}
        for kind in ("recorded.change", "recorded.pulses"):
            epochs = [epoch for (epoch,) in self._select("SELECT epoch FROM arrays WHERE run_id = ? AND kind = ? AND name = ? ORDER BY epoch", kind, name)]
            pieces = [self._array(kind, name, epoch) for epoch in epochs]
            if pieces:
                parts = _KINDS[kind][1].partition("(")[2].rstrip(")").split(", ")
                found["epoch"] = np.concatenate([np.arange(epoch - len(piece), epoch) + 1 for epoch, piece in zip(epochs, pieces)])
                found.update(zip(parts, np.concatenate(pieces).T))
        if not found:
            there = self._select("SELECT DISTINCT name FROM arrays WHERE run_id = ? AND kind = 'recorded.change' ORDER BY name")
            raise NotFound(f"Run {self['run_id']} has no updates of {name}. It has {', '.join(key for (key,) in there) or 'none at all'}.")
        return found

    def arrays(self, epoch=None):
        """Arrays of a snapshot, of the last one unless `epoch` is given: {(kind, name): array}. Raises NotFound and Damaged."""
        epoch = self._snapshot(epoch)
        names = self._select(f"SELECT kind, name FROM arrays WHERE run_id = ? AND epoch = ? AND {_IN_SNAPSHOT} ORDER BY kind, name", epoch)
        return {(kind, name): self.array(kind, name, epoch) for kind, name in names}

    def array(self, kind, name, epoch=None):
        """One array of a snapshot, of the last one unless `epoch` is given: `array("weight", "input")` is [post, pre].

        Reads no other array. Raises NotFound, which names those that are there, and Damaged.
        """
        return self._array(kind, name, self._snapshot(epoch))

    def _array(self, kind, name, epoch):
        packing = "packing" if self._library.version > 1 else "'raw'"
        sql = f"SELECT codec, shape, sha256, {packing}, data FROM arrays WHERE run_id = ? AND epoch = ? AND kind = ? AND name = ?"
        rows = self._select(sql, epoch, kind, name)
        if not rows:
            there = self._select("SELECT kind || ' ' || name FROM arrays WHERE run_id = ? AND epoch = ? ORDER BY kind, name", epoch)
            raise NotFound(f"Epoch {epoch} of run {self['run_id']} has no {kind} {name}. It has {', '.join(key for (key,) in there)}.")
        try:
            return _unpacked(*rows[0])
        except (ValueError, TypeError, zlib.error) as error:
            raise Damaged(f"{kind} {name} of epoch {epoch} of run {self['run_id']} is damaged: {error}. {_REPAIR}") from error

    def array_index(self):
        """What the snapshots and recordings have, without reading it: dicts with epoch, kind, name, shape, dtype, unit and axes."""
        rows = self._select("SELECT epoch, kind, name, shape, codec FROM arrays WHERE run_id = ? ORDER BY epoch, kind, name")
        return [self._described(*row) for row in rows]

    def _described(self, epoch, kind, name, shape, codec):
        unit, axes = _KINDS.get(kind, ("", ""))
        try:
            shape, dtype = tuple(json.loads(shape)), np.dtype(_TYPES[codec]).name
        except (ValueError, TypeError, KeyError) as error:
            raise Damaged(f"{kind} {name} of epoch {epoch} of run {self['run_id']} is damaged: its shape or type. {_REPAIR}") from error
        return {"epoch": epoch, "kind": kind, "name": name, "shape": shape, "dtype": dtype, "unit": unit, "axes": axes}

    def pulses(self, epoch=None):
        """The ledger of every device until a snapshot: {layer: {"set": counts, "reset": …, "refresh": …, "read": …}}.

        Each is [post, pre, pair, device], where device 0 is G⁺ and 1 is G⁻. Raises NotFound and Damaged. Without devices it is empty.
        """
        epoch = self._snapshot(epoch)
        rows = self._select("SELECT name, kind FROM arrays WHERE run_id = ? AND epoch = ? ORDER BY name, kind", epoch)
        ledgers = {}
        for name, kind in rows:
            if kind.startswith("pulses."):
                ledgers.setdefault(name, {})[kind.removeprefix("pulses.")] = self.array(kind, name, epoch)
        return ledgers

    def _snapshot(self, epoch):
        there = self.snapshots()
        if there and epoch is None:
            return there[-1]
        if epoch not in there:
            choices = f"Choose one of {', '.join(map(str, there))}." if there else "It has none at all."
            raise NotFound(f"Run {self['run_id']} has no snapshot{'' if epoch is None else f' of epoch {epoch}'}. {choices}")
        return epoch

    def _document(self, column):
        [(text,)] = self._select(f"SELECT {column} FROM runs WHERE run_id = ?")
        return _document(text, f"The {column} of run {self['run_id']}", "Its epochs and arrays can be read.")

    def _select(self, sql, *more):
        """Rows of this run. A run that was deleted meanwhile must not look like one without rows."""
        rows = self._library._rows(sql, self["run_id"], *more)
        if not rows and not self._library._rows("SELECT 1 FROM runs WHERE run_id = ?", self["run_id"]):
            raise NotFound(f"Run {self['run_id']} was deleted. List the others with runs().")
        return rows


def _document(text, what, rest):
    """The object that a text has as JSON."""
    try:
        document = json.loads(text)
    except ValueError as error:
        raise Damaged(f"{what} is no JSON: {error}. {rest}") from error
    if not isinstance(document, dict):
        raise Damaged(f"{what} is {text[:40]} instead of an object. {rest}")
    return document


_REPAIR = "Check and repair the library in Chalcogen, or restore it from a backup."


def _unpacked(codec, shape, sha256, packing, data):
    """Elements in their shape. Raises ValueError, TypeError and zlib.error."""
    if codec not in _TYPES:
        raise ValueError(f"its elements have the type {codec}, which is not known")
    dtype = np.dtype(_TYPES[codec])
    lengths = json.loads(shape)
    size = math.prod(lengths) * dtype.itemsize
    if packing == "shuffle-deflate":
        # The limit keeps damaged data from growing without bound.
        planes = zlib.decompressobj(-15).decompress(data, size + 1)
        data = np.frombuffer(planes, np.uint8).reshape(dtype.itemsize, -1).T.tobytes()
    elif packing != "raw":
        raise ValueError(f"its packing {packing} is not known")
    if len(data) != size:
        raise ValueError(f"it has {len(data)} bytes instead of {size}")
    if hashlib.sha256(data).hexdigest() != sha256:
        raise ValueError("it does not have its SHA-256")
    return np.frombuffer(data, dtype).reshape(lengths).astype(dtype.newbyteorder("="))


def _connected(path):
    """A connection to a library, and the folder of the copy that it reads, or None. Raises NotALibrary and LibraryError."""
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise LibraryError(f"This Python has SQLite {sqlite3.sqlite_version}. A library needs {'.'.join(map(str, OLDEST_SQLITE))} or newer. Update Python.")
    if path.is_dir():
        raise NotALibrary(f"{path} is a folder. Choose the file of a library, such as {path / 'library.chalcogen'}.")
    how = _how_to_read(path)
    try:
        return (_identified(path, path, how), None) if how else _connected_to_copy(path)
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise LibraryError(f"{path} cannot be read now: {error}. Try again.") from error
        return _connected_to_copy(path)


def _how_to_read(path):
    """The mode in which SQLite reads a library and leaves nothing behind; None if only a copy can be read so.

    SQLite creates a log and its index beside the file, even to read it. Only a connection that may write removes them again. If they
    belonged to someone who may not write the library, its owner could not write it either.
    """
    log, index = (path.with_name(path.name + end) for end in ("-wal", "-shm"))
    is_mine = all(os.access(part, os.W_OK) for part in (path.parent, path, log, index) if part.exists())
    if log.exists():
        return "mode=ro" if is_mine or index.exists() else None
    if is_mine:
        return "mode=rw"
    return "mode=ro&immutable=1" if _is_on_read_only_disk(path) else None


def _is_on_read_only_disk(path):
    return hasattr(os, "statvfs") and bool(os.statvfs(path).f_flag & os.ST_RDONLY)


def _connected_to_copy(path):
    folder = tempfile.TemporaryDirectory(prefix="python-chalcogen-")
    copy = pathlib.Path(folder.name) / path.name
    try:
        for end in ("", "-wal"):
            if path.with_name(path.name + end).exists():
                shutil.copyfile(path.with_name(path.name + end), copy.with_name(copy.name + end))
        return _identified(path, copy, "mode=rw"), folder
    except (OSError, sqlite3.OperationalError) as error:
        folder.cleanup()
        raise LibraryError(
            f"{path} can only be read as a copy, and the copy in {tempfile.gettempdir()} failed: {error}."
            " Free some disk space, set TMPDIR to a folder with more space, or copy the library yourself."
        ) from error
    except NotALibrary:
        folder.cleanup()
        raise


def _identified(path, file, how):
    """Opens `file`, which is the library `path` or its copy. Raises NotALibrary, and OperationalError of SQLite if it cannot be opened."""
    db = sqlite3.connect(f"{_uri(file)}?{how}", uri=True, check_same_thread=False)
    db.text_factory = lambda text: text.decode(errors="replace")  # a damaged text must not keep the others from being read
    try:
        db.execute("PRAGMA query_only = ON")
        # SQLite opens the log only at the first read.
        application_id, version = (db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version"))
        _require_known(path, application_id, version)
        return db
    except sqlite3.OperationalError:
        db.close()
        raise
    except sqlite3.DatabaseError as error:
        db.close()
        raise NotALibrary(f"{path} is not a Chalcogen library: {error}. Choose a file that Chalcogen wrote.") from error
    except NotALibrary:
        db.close()
        raise


def _require_known(path, application_id, version):
    if application_id != APPLICATION_ID:
        raise NotALibrary(f"{path} is not a Chalcogen library. Choose a file that Chalcogen wrote.")
    if not 1 <= version <= NEWEST_VERSION:
        raise NotALibrary(
            f"{path} has version {version}, but this chalcogen.py reads versions 1 to {NEWEST_VERSION}."
            " Use the chalcogen.py of the Chalcogen that wrote the library."
        )


def _uri(path):
    """SQLite takes the server of a Windows share as a part of the path, not as the host of the URI."""
    return path.as_uri().replace("file://", "file:////", 1) if str(path).startswith("\\\\") else path.as_uri()


def _close(db, copy):
    db.close()
    if copy:
        copy.cleanup()


def _pandas():
    try:
        import pandas
    except ImportError as error:
        raise ImportError("A frame needs pandas: pip install pandas. Without it, use runs(), table() and run.epochs().") from error
    return pandas


def _numbers(values, dtype):
    return np.array([np.nan if value is None else value for value in values], dtype)


def _leaves(node, path=""):
    for name, value in node.items():
        here = f"{path}.{name}" if path else name
        if isinstance(value, dict):
            yield from _leaves(value, here)
        else:
            yield here, value


def _telling_apart(runs, more):
    """Of each run, the parameters in which the runs differ, and `more`. A run with a damaged spec has the reason as `unreadable` instead."""
    all_parameters = [_parameters_or_reason(run) for run in runs]
    paths = {path: None for each in all_parameters for path in each}
    readable = [each for each in all_parameters if "unreadable" not in each]
    def is_column(path):
        if path == "unreadable" or more == "all" or path in more:
            return True
        return path not in _OWN and any(each.get(path) != readable[0].get(path) for each in readable)
    columns = [path for path in paths if is_column(path)]
    return [{path: _hashable(each.get(path)) for path in columns} for each in all_parameters]


def _hashable(value):
    return tuple(_hashable(each) for each in value) if isinstance(value, list) else value


def _parameters_or_reason(run):
    try:
        return run.parameters()
    except Damaged as damage:
        return {"unreadable": str(damage)}
