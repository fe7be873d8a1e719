"""A comparison as a table in the console, as JSON, and as a page with pictures."""

import json
from pathlib import Path

import jinja2
import numpy as np

from digitpad.files import write_whole
from digitpad.measuring.comparison import Comparison, Row
from digitpad.training import plots
from digitpad.training.reliability import reliability

PICTURED = ("as they are", "medium", "32 × 32, one bit", "shade, grain, ruled lines")  # rows with their mistakes


def print_table(comparison: Comparison) -> None:
    """Print what each reader read right, with the 95 % confidence interval."""
    width = max(24, *(len(reader.name) + 2 for reader in comparison.readers))
    print(f"\n{'':44}{'pictures':>8}" + "".join(f"{reader.name:>{width}}" for reader in comparison.readers))
    group = ""
    for row in comparison.rows:
        label = f"{row.group}: {row.name}" if row.group != group else f"{'':{len(row.group)}}  {row.name}"
        group = row.group
        cells = "".join(
            f"{_share(row, reader.name) + f' ({_interval(row, reader.name)})':>{width}}"
            for reader in comparison.readers
        )
        print(f"{label:44}{len(row.labels):8,}{cells}")
    for name, figures in _summary(comparison).items():
        print(f"{name:52}" + "".join(f"{figure:>{width}}" for figure in figures))

    for name, numbers in comparison.numbers.items():
        print(f"\n{name + ' reads numbers':44}{'pictures':>8}{'exact':>10}{'errors a digit':>18}")
        for each in numbers:
            print(f"{each.name:44}{each.pictures:8,}{each.exact:10.1%}{each.errors:18.2%}")


def save_report(comparison: Comparison, folder: Path) -> Path:
    """Write `evaluation.json`, the pictures and, last, the page `report.html`.

    Args:
        comparison: what to write.
        folder: where to; made if need be.

    Returns:
        the page.

    Raises:
        OSError: the folder can't be written.
    """
    pictures = folder / "pictures"
    pictures.mkdir(parents=True, exist_ok=True)
    strips = {}
    for number, row in enumerate(comparison.rows):
        strips[row.name] = f"pictures/row-{number}.png"
        plots.save_strip([np.asarray(example) for example in row.examples], folder / strips[row.name])
    columns = []
    for number, reader in enumerate(comparison.readers):
        confidences, right = comparison.confidences(reader.name)
        details: dict[str, object] = {"name": reader.name}
        error = comparison.calibration_error(reader.name)
        if error is not None:
            details["reliability"] = f"pictures/reliability-{number}.png"
            plots.save_reliability(
                reliability(confidences, right), error, folder / f"pictures/reliability-{number}.png"
            )
        details["mistakes"] = [
            _save_mistakes(row, reader.name, folder, f"pictures/{{}}-{number}-{place}.png")
            for place, row in enumerate(comparison.rows)
            if row.name in PICTURED
        ]
        columns.append(details)
    write_whole(folder / "evaluation.json", json.dumps(comparison.as_dict(), indent=2, ensure_ascii=False) + "\n")
    template = jinja2.Template(
        Path(__file__).with_name("report.html").read_text(encoding="utf-8"), autoescape=True, trim_blocks=True
    )
    page = template.render(
        comparison=comparison,
        columns=columns,
        strips=strips,
        share=_share,
        interval=_interval,
        summary=_summary(comparison),
    )
    write_whole(folder / "report.html", page)
    return folder / "report.html"


def _save_mistakes(row: Row, reader: str, folder: Path, pattern: str) -> dict[str, str]:
    evaluation = row.evaluation(reader)
    confusion, worst = pattern.format("confusion"), pattern.format("worst")
    plots.save_confusion(evaluation, folder / confusion)
    plots.save_worst(evaluation, folder / worst)
    return {"title": f"{row.group}: {row.name}", "confusion": confusion, "worst": worst}


def _share(row: Row, reader: str) -> str:
    return f"{row.figures(reader)['share']:.2%}"


def _interval(row: Row, reader: str) -> str:
    figures = row.figures(reader)
    return f"{100 * figures['low']:.1f}–{100 * figures['high']:.1f}"


def _summary(comparison: Comparison) -> dict[str, list[str]]:
    """What is said of each reader as a whole, ready to be shown."""
    names = [reader.name for reader in comparison.readers]
    summary = {}
    of_pens = [row for row in comparison.rows if row.group == "pen"]
    if of_pens:
        summary["pen digits called a digit"] = [
            f"{np.mean([row.accepted(name) for row in of_pens]):.2%}" for name in names
        ]
        summary["expected calibration error on pen digits"] = [
            f"{comparison.calibration_error(name):.2%}" for name in names
        ]
        areas = {name: comparison.area_under_roc(name) for name in names}
        if all(area is not None for area in areas.values()):
            summary["confidence tells digits from letters (AUROC)"] = [f"{area:.4f}" for area in areas.values()]
    trades = [comparison.trade(name) for name in names]
    for figure in trades[0]:
        summary[figure] = [f"{trade[figure]:.2%}" for trade in trades]
    return summary
