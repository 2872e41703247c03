"""niggle reads runners' recordings and pain logs. The program is one binary, ``niggle``; what is here starts it from Python.

``niggle.spark`` reads cohorts on Apache Spark and what speaks its protocol (``pip install niggle[spark]``).
"""
