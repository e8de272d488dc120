import sys
import traceback

from jobs import run_job


def main():
    try:
        run_job(sys.argv[1])
    except Exception as error:
        traceback.print_exc()
        print(f"failed: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
