"""What leaves the market on paper: stickers and receipts as PDF, receipts as bytes for a till printer.

Everything here is made from plain values and gives the same bytes for the same values.
"""
