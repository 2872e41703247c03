"""``python -m niggle.spark``"""

import sys

from niggle.spark.cohort import main

sys.exit(main())
