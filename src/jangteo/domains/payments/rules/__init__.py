"""How an order's money is put together, taken apart again and taxed. Plain values in, plain values out."""
