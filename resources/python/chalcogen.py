"""Reads Chalcogen libraries: runs, epochs and snapshots, with NumPy, and as pandas tables where pandas is installed.

    import chalcogen
    with chalcogen.open("library.chalcogen") as library:
        for run in library.runs(status="done", scheme="mixed-precision"):
            print(run["seed"], run.epochs()["loss"][-1], run.array("conductance", "recurrent").shape)

A library is opened read-only, also while the application uses it. Libraries of all versions up to NEWEST_VERSION are read; each answer has
the names of the newest one. NaN stands for a number that does not exist, and None for a text that does not.
"""

import hashlib
import json
import pathlib
import sqlite3
import zlib
from collections.abc import Mapping

import numpy as np

NEWEST_VERSION = 7
APPLICATION_ID = 0x43686C63

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
    "sweep_id": ["sweep_id"], "arm_from_0": ["arm"], "digest": ["digest"],
}
_EPOCH = {
    "epoch": ["epoch"], "loss": ["loss", "mse"], "mean_rate_hz": ["mean_rate_hz"], "silent_fraction": ["silent"],
    "zero_surrogate_fraction": ["zero_surrogate"], "always_firing_fraction": ["always_firing"], "saturated_fraction": ["saturated"],
    "set_pulses": ["set_pulses"], "reset_pulses": ["reset_pulses"], "refreshed_pairs": ["refreshes"], "read_pulses": ["read_pulses"],
}
_FRACTIONS = {"loss", "loss_last_20", "mean_rate_hz", "time_per_sequence_s", "time_computed_s"}
_COUNTS = {"epoch", "set_pulses", "reset_pulses", "refreshed_pairs", "read_pulses"}


class NotALibrary(Exception):
    """The file is no library, or one of a newer version."""


class Damaged(Exception):
    """Stored elements do not have their SHA-256."""


def open(path):
    """Opens a library read-only. Raises FileNotFoundError, or NotALibrary with the reason."""
    return Library(path)


class Library:
    """An open library. Use it in a `with` block, or call `close()`."""

    def __init__(self, path):
        self.path = pathlib.Path(path).resolve(strict=True)
        self._db = _connect(self.path)
        self.version = self._db.execute("PRAGMA user_version").fetchone()[0]
        self._run = _columns(self._db, "runs", _RUN)
        self._epoch = _columns(self._db, "epochs", _EPOCH)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self._db.close()

    def runs(self, **where):
        """Runs, the newest first. `where` selects by columns: `runs(status="done", seed=[201, 202])`."""
        for name in where:
            if name not in _RUN:
                raise KeyError(f"A run has no column {name}. It has {', '.join(_RUN)}.")
        rows = self._db.execute(f"SELECT {self._run} FROM runs ORDER BY created_at DESC, runs.rowid DESC").fetchall()
        found = [Run(self, row) for row in rows]
        return [run for run in found if all(_matches(run[name], wanted) for name, wanted in where.items())]

    def run(self, run_id):
        """The run with this id. Raises KeyError."""
        row = self._db.execute(f"SELECT {self._run} FROM runs WHERE run_id = ?", (run_id,)).fetchone()
        if row is None:
            raise KeyError(f"The library has no run {run_id}.")
        return Run(self, row)

    def frame(self, **where):
        """A pandas table with one row per run: its columns, and every parameter that differs between the runs by its path in the spec."""
        import pandas
        runs = self.runs(**where)
        return pandas.DataFrame([{**run, **own} for run, own in zip(runs, _differing([run.parameters() for run in runs]))])

    def epoch_frame(self, **where):
        """A pandas table with one row per epoch of the runs: what tells the runs apart, then the metrics of the epoch."""
        import pandas
        runs = self.runs(**where)
        parts = [
            pandas.DataFrame({"run_id": run["run_id"], "scheme": run["scheme"], "seed": run["seed"], **own, **run.epochs(), **run.metrics()})
            for run, own in zip(runs, _differing([run.parameters() for run in runs]))
        ]
        return pandas.concat(parts, ignore_index=True) if parts else pandas.DataFrame()


class Run(Mapping):
    """A run. Its columns are those of the view `run_table`: `run["loss_last_20"]`."""

    def __init__(self, library, row):
        self._library = library
        self._columns = {name: np.nan if value is None and name in _FRACTIONS else value for name, value in zip(_RUN, row)}

    def __getitem__(self, name):
        return self._columns[name]

    def __iter__(self):
        return iter(self._columns)

    def __len__(self):
        return len(self._columns)

    def __repr__(self):
        return f"<Run {self['run_id']}: {self['name'] or self['scheme']}, seed {self['seed']}, {self['status']}>"

    @property
    def spec(self):
        """The whole experiment as a dict. Raises json.JSONDecodeError if it is damaged."""
        return json.loads(self._select("SELECT spec FROM runs WHERE run_id = ?").fetchone()[0])

    @property
    def environment(self):
        """Versions of the program that computed the run, as a dict."""
        return json.loads(self._select("SELECT environment FROM runs WHERE run_id = ?").fetchone()[0])

    def parameters(self):
        """All parameters by their path in the spec: {"network.threshold": 0.2, …}. Empty if the spec is damaged."""
        try:
            return dict(_leaves(self.spec))
        except json.JSONDecodeError:
            return {}

    def epochs(self):
        """Metrics by epoch: a dict of arrays, each [epochs], with the columns of the view `epoch_table`."""
        rows = self._select(f"SELECT {self._library._epoch} FROM epochs WHERE run_id = ? ORDER BY epoch").fetchall()
        columns = zip(*rows) if rows else [()] * len(_EPOCH)
        return {name: _numbers(values, np.int64 if name in _COUNTS else np.float64) for name, values in zip(_EPOCH, columns)}

    def pattern_losses(self):
        """Loss of each pattern, [epochs, patterns]."""
        if self._library.version < 7:
            rows = self._select("SELECT pattern_mse FROM epochs WHERE run_id = ? ORDER BY epoch").fetchall()
            return np.array([np.frombuffer(blob, "<f8") for (blob,) in rows]) if rows else np.empty((0, 0))
        rows = self._select("SELECT epoch, loss FROM pattern_losses WHERE run_id = ? ORDER BY epoch, pattern").fetchall()
        epochs = len({epoch for epoch, _ in rows})
        return _numbers([loss for _, loss in rows], np.float64).reshape(epochs, -1) if rows else np.empty((0, 0))

    def metrics(self):
        """Metrics that the task reports besides its loss, by name, each [epochs]."""
        if self._library.version < 7:
            return {}
        rows = self._select("SELECT metric, value FROM epoch_metrics WHERE run_id = ? ORDER BY metric, epoch").fetchall()
        return {metric: _numbers([value for other, value in rows if other == metric], np.float64) for metric in sorted({row[0] for row in rows})}

    def snapshots(self):
        """Epochs that have a snapshot, in order."""
        return [epoch for (epoch,) in self._select("SELECT DISTINCT epoch FROM arrays WHERE run_id = ? ORDER BY epoch")]

    def arrays(self, epoch=None):
        """Arrays of a snapshot, of the last one unless `epoch` is given: {(kind, name): array}. Raises KeyError and Damaged."""
        epoch = self._snapshot(epoch)
        packing = "packing" if self._library.version > 1 else "'raw'"
        rows = self._select(f"SELECT kind, name, codec, shape, sha256, {packing}, data FROM arrays WHERE run_id = ? AND epoch = ?", epoch)
        return {(kind, name): self._unpacked(f"{kind} {name} of epoch {epoch}", *stored) for kind, name, *stored in rows}

    def array(self, kind, name, epoch=None):
        """One array of a snapshot, such as ("weight", "input") [post, pre]. Raises KeyError that names those that are there."""
        arrays = self.arrays(epoch)
        if (kind, name) not in arrays:
            there = ", ".join(" ".join(key) for key in sorted(arrays))
            raise KeyError(f"The snapshot of run {self['run_id']} has no {kind} {name}. It has {there}.")
        return arrays[kind, name]

    def _snapshot(self, epoch):
        there = self.snapshots()
        if not there or epoch not in (None, *there):
            raise KeyError(f"Run {self['run_id']} has snapshots of the epochs {there}.")
        return there[-1] if epoch is None else epoch

    def _unpacked(self, what, codec, shape, sha256, packing, data):
        dtype = np.dtype(_TYPES[codec])
        if packing == "shuffle-deflate":
            planes = np.frombuffer(zlib.decompress(data, -15), np.uint8)
            data = planes.reshape(dtype.itemsize, -1).T.tobytes()
        if hashlib.sha256(data).hexdigest() != sha256:
            raise Damaged(f"{what} of run {self['run_id']} does not have its SHA-256. Check the library in Chalcogen.")
        return np.frombuffer(data, dtype).reshape(json.loads(shape)).astype(dtype.newbyteorder("="))

    def _select(self, sql, *more):
        return self._library._db.execute(sql, (self["run_id"], *more))


def _connect(path):
    """A library that nobody uses, in a folder without write permission, can only be read as one that does not change."""
    last = None
    for how in ("mode=ro", "mode=ro&immutable=1") if not path.with_name(path.name + "-wal").exists() else ("mode=ro",):
        db = sqlite3.connect(f"{path.as_uri()}?{how}", uri=True)
        try:
            identity = [db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")]
        except sqlite3.DatabaseError as error:
            db.close()
            last = error
            continue
        if identity[0] == APPLICATION_ID and 1 <= identity[1] <= NEWEST_VERSION:
            return db
        db.close()
        if identity[0] != APPLICATION_ID:
            raise NotALibrary(f"{path} is not a Chalcogen library.")
        raise NotALibrary(f"{path} has version {identity[1]}, and this module reads 1 to {NEWEST_VERSION}. Use the one of that Chalcogen.")
    raise NotALibrary(f"{path} cannot be read: {last}.")


def _columns(db, table, names):
    """SQL for the columns that this version of the table has, in the order of `names`."""
    there = {row[1] for row in db.execute(f"PRAGMA table_xinfo({table})")}
    def one(choices):
        return next((name for name in choices if name in there or name.startswith("(")), "NULL")
    return ", ".join(f"{one(choices)} AS {name}" for name, choices in names.items())


def _matches(value, wanted):
    return value in wanted if isinstance(wanted, (list, tuple, set, range)) else value == wanted


def _numbers(values, dtype):
    return np.array([np.nan if value is None else value for value in values], dtype)


def _leaves(node, path=""):
    for name, value in node.items():
        here = f"{path}.{name}" if path else name
        if isinstance(value, dict):
            yield from _leaves(value, here)
        else:
            yield here, value


def _differing(parameters):
    """Of each run, the parameters in which the runs differ. Seed and texts have columns of their own."""
    own = {"seed", "name", "preset", "scheme.kind", "task.kind", "task.samples"}
    paths = {path: None for each in parameters for path in each if path not in own}
    differ = [path for path in paths if len({json.dumps(each.get(path)) for each in parameters}) > 1]
    return [{path: each.get(path) for path in differ} for each in parameters]
