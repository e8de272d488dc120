import asyncio
import subprocess


async def work():
    await asyncio.sleep(0)


class Engine:
    def run(self, steps, debug=False):
        return steps if debug else steps[:1]


def main():
    asyncio.run(work(), debug=True)
    Engine().run([1, 2], debug=True)
    subprocess.run(["true"], check=True)
