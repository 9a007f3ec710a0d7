"""The shell's rooms: one file a command, or a family of them. Comes in: what somebody typed. Goes out: words or JSON.

With --json only JSON goes to standard output; all else goes to standard error. Exit 0 done, 1 failed, 2 usage, 3 done
with rejects. No rule and no SQL stands here: a command calls one function whose name is the intention.
"""
