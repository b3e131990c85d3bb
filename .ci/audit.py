"""Known vulnerabilities of the locked versions, as pip-audit finds them.

Exit code 1 if there are any. Where nobody can be asked, as without a network, one line says so.
"""

import json
import subprocess
import sys

LOCK = "locks/all.txt"
TOOLS = "build/tools"
READY = ["make", "--silent", f"{TOOLS}/.done"]
QUIET = ("--disable-pip", "--progress-spinner=off", "--format=json")
AUDIT = [f"{TOOLS}/bin/pip-audit", *QUIET, "-r", LOCK]


def main() -> int:
    """Print every vulnerability with the versions that mend it; return the exit code."""
    ready = subprocess.run(READY, capture_output=True, check=False)  # noqa: S603 # words of our own
    if ready.returncode:
        return said(f"{LOCK} is not audited: pip-audit cannot be installed, as without a network")
    answer = subprocess.run(AUDIT, capture_output=True, text=True, check=False)  # noqa: S603 # too
    try:
        packages = json.loads(answer.stdout)["dependencies"]
    except ValueError:
        reason = (answer.stderr.strip().splitlines() or ["no answer"])[-1]
        return said(f"{LOCK} is not audited: {reason[:300]}")
    asked = [package for package in packages if "skip_reason" not in package]
    if not asked:
        return said(f"{LOCK} is not audited: nothing is told of its {len(packages)} packages")
    found = [(package, flaw) for package in asked for flaw in package["vulns"]]
    for package, flaw in found:
        mended = ", ".join(flaw["fix_versions"]) or "no version yet"
        said(f"{package['name']} {package['version']}: {flaw['id']}, mended in {mended}")
    said(f"{len(asked)} of {len(packages)} packages audited, {len(found)} known vulnerabilities")
    return 1 if found else 0


def said(line: str) -> int:
    """Print a line."""
    sys.stdout.write(f"{line}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
