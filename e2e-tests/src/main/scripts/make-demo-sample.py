#!/usr/bin/env python3
"""Makes the demo's sample from the Nezha data set (rca_data/2022-08-22, see demo/NOTICE).

usage: make-demo-sample.py <directory with log/ metric/ trace/> <output.ndjson.gz>

Two minutes of real traffic: every log line, every span, and each pod's CPU and memory. The source
has no span status; a span longer than 3 s is given the status its caller would have seen with a
3-second deadline.
"""
import csv
import glob
import gzip
import io
import json
import re
import sys

DEADLINE_MICROS = 3_000_000
MINUTES = ("05_19", "05_20")


def rows(path):
    with gzip.open(path) as raw:
        yield from csv.DictReader(io.TextIOWrapper(raw, encoding="utf-8"))


def service(pod):
    return pod.rsplit("-", 2)[0]


def log_line(row):
    text = json.loads(row["Log"])["log"].rstrip("\n")
    attributes, severity = {}, "INFO"
    try:
        fields = json.loads(text)
        text = fields.pop("message")
        severity = fields.pop("severity").upper()
        for known in ("timestamp", "pid", "v", "hostname", "name"):
            fields.pop(known, None)
        attributes = fields
    except ValueError:
        pass
    text = re.sub(r"TraceID: \w+ SpanID: \w+ ", "", text)
    return {
        "kind": "log", "time": int(row["TimeUnixNano"]), "service": service(row["PodName"]),
        "pod": row["PodName"], "node": row["Node"], "trace": row["TraceID"], "span": row["SpanID"],
        "severity": severity, "body": text, "attributes": attributes,
    }


def span(row):
    micros = int(row["Duration"])
    parent = row["ParentID"]
    return {
        "kind": "span", "start": int(row["StartTimeUnixNano"]), "end": int(row["EndTimeUnixNano"]),
        "service": service(row["PodName"]), "pod": row["PodName"], "trace": row["TraceID"],
        "span": row["SpanID"], "parent": "" if parent == "root" else parent,
        "name": row["OperationName"], "deadline_exceeded": micros > DEADLINE_MICROS,
    }


def gauges(path, first, last):
    for row in rows(path):
        at = int(row["TimeStamp"])
        if first <= at <= last:
            for column, name, unit in (
                    ("CpuUsageRate(%)", "k8s.pod.cpu.utilization", "%"),
                    ("MemoryUsage(Mi)", "k8s.pod.memory.usage", "MiBy")):
                if row.get(column):
                    yield {"kind": "gauge", "time": at * 1_000_000_000,
                           "service": service(row["PodName"]), "pod": row["PodName"],
                           "name": name, "unit": unit, "value": float(row[column])}


def main(source, target):
    records = []
    for minute in MINUTES:
        records += [log_line(row) for row in rows(f"{source}/log/{minute}_log.csv.gz")]
        records += [span(row) for row in rows(f"{source}/trace/{minute}_trace.csv.gz")]
    # Neighbouring files of the source overlap.
    records = [json.loads(text) for text in dict.fromkeys(json.dumps(r) for r in records)]
    times = [r.get("time", r.get("start")) // 1_000_000_000 for r in records]
    for path in sorted(glob.glob(f"{source}/metric/*service-*_metric.csv.gz")
                       + glob.glob(f"{source}/metric/frontend-*_metric.csv.gz")):
        records += gauges(path, min(times) - 1800, max(times))
    records.sort(key=lambda r: (r["kind"], r.get("time", r.get("start"))))
    with gzip.GzipFile(target, "wb", 9, mtime=0) as out:
        for record in records:
            out.write(json.dumps(record, separators=(",", ":"), ensure_ascii=False).encode() + b"\n")
    print({kind: sum(r["kind"] == kind for r in records) for kind in ("log", "span", "gauge")})


if __name__ == "__main__":
    main(*sys.argv[1:])
