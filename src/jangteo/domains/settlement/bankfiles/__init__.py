"""Pay-out files for a bank's bulk transfer, and the answers that banks give back.

`lines` says what may be paid, `layouts` how each bank wants it, `writing` makes the bytes and `results` reads the
answer. No Korean bank publishes its upload format: the layouts named "…_template" are starting points to be compared
with the bank's own sample before the first use.
"""
