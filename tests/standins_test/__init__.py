"""Tests of the stand-ins themselves: what is strict here must be strict for a reason and proven."""
