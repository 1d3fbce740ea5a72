"""Chooses the campaign and gives the verdict. Run by scripts/campaign."""
import argparse
import os
import shutil
import sys
import tempfile


def main():
    parser = argparse.ArgumentParser(prog="campaign", description="Campaigns of faults against the real program.")
    kinds = parser.add_subparsers(dest="kind", required=True)
    kill = kinds.add_parser("kill", help="nodes are killed at random moments under load")
    kill.add_argument("--store", choices=["sqlite", "postgres"], default="sqlite")
    kill.add_argument("--nodes", type=int, default=1)
    kill.add_argument("--rounds", type=int, default=200)
    kill.add_argument("--clients", type=int, default=6)
    kill.add_argument("--longest", type=float, default=1.2, help="seconds between a start and the next kill, at most")
    kill.add_argument("--pace", type=float, default=1.0, help="seconds that a day of the office lasts")
    power = kinds.add_parser("power", help="power cuts under a node on a SQLite file")
    power.add_argument("--rounds", type=int, default=2000, help="cuts")
    power.add_argument("--seconds", type=float, default=8, help="of work that is recorded")
    power.add_argument("--doctor", type=int, default=20, help="after one cut in so many the program itself is asked")
    for each in (kill, power):
        each.add_argument("--seed", type=int, default=1)
        each.add_argument("--keep", action="store_true", help="leave the folder with logs and stores")
    options = parser.parse_args()
    options.binglian = os.environ["BINGLIAN"]
    folder = tempfile.mkdtemp(prefix="bl-campaign.", dir="/tmp")
    if options.kind == "kill":
        import kill as campaign
        if options.store == "sqlite" and options.nodes != 1:
            parser.error("a file has one node; --nodes goes with --store postgres")
        options.store = os.environ["BINGLIAN_TEST_POSTGRES"] if options.store == "postgres" else f"{folder}/office.db"
    else:
        import power as campaign
    faults = campaign.run(options, folder)
    for fault in faults[:20]:
        print(f"FAULT {fault}")
    if len(faults) > 20:
        print(f"… and {len(faults) - 20} more")
    if options.keep or faults:
        print(f"what is left is in {folder}")
    else:
        shutil.rmtree(folder)
    print("verdict: nothing lost, nothing doubled 没有丢失、没有重复" if not faults else f"verdict: {len(faults)} faults 发现问题")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
