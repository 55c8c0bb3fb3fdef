"""Background work on one machine: a task runs in a thread of the process that asked for it.

For work that would keep a person waiting. A thread dies with its process, so every such task says
in the database how far it came, can be run again without harm, and is shown as broken off when it
has been silent for too long. With several machines, name another backend in TASKS.
"""

from __future__ import annotations

from threading import Thread

from django.db import connections
from django_tasks.backends.immediate import ImmediateBackend
from django_tasks.base import TaskResult


class ThreadBackend(ImmediateBackend):
    """Runs each task at once in a thread of its own, with its own database connection."""

    supports_get_result = False

    def _execute_task(self, task_result: TaskResult) -> None:
        Thread(target=self._run, args=(task_result,), name=task_result.id, daemon=True).start()

    def _run(self, task_result: TaskResult) -> None:
        try:
            super()._execute_task(task_result)
        finally:
            connections.close_all()
