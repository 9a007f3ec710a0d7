"""What is measured, and how: README.md. Each program prints ratios within one run."""
