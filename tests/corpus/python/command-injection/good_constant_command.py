import os
import subprocess

IMAGE = "app"
TAG = "1.4"


def build(push=False):
    command = f"docker build -t {IMAGE}:{TAG} ."
    subprocess.run(command, shell=True, check=True)
    if push:
        os.system("docker push " + IMAGE + ":" + TAG)


if __name__ == "__main__":
    build()
