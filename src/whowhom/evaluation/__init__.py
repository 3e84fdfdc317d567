"""Accuracy on labelled data: gold records -> predictions -> a report with the metric that the data's makers name.

One module a task. `TASKS` is the whole list; `evaluate` runs one on a file.
"""

from whowhom.evaluation.run import Evaluation, evaluate
from whowhom.evaluation.tasks import TASKS, Task

__all__ = ["TASKS", "Evaluation", "Task", "evaluate"]
