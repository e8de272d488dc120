from concurrent.futures import ThreadPoolExecutor


class TaskRunner:
    """Runs named tasks, not SQL."""

    def __init__(self):
        self.pool = ThreadPoolExecutor(max_workers=4)
        self.history = []

    def execute(self, label):
        self.history.append(label)
        return self.pool.submit(print, label)


def schedule(runner: TaskRunner, name: str):
    return runner.execute(f"select worker {name} from the pool")
