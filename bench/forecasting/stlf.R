# One forecast of R's forecast package for each line on standard input: STL and ETS with quantiles; prints CPU seconds.
suppressMessages(library(forecast))
arguments <- as.integer(commandArgs(trailingOnly = TRUE))
days <- arguments[1]
season <- arguments[2]
horizon <- arguments[3]
input <- file("stdin", "r")
round <- 0
while (length(readLines(input, n = 1)) > 0) {
  set.seed(round)
  t <- seq_len(days * season)
  y <- ts(100 + 40 * sin(2 * pi * t / season) + 5 * rnorm(length(t)), frequency = season)
  started <- proc.time()
  result <- stlf(y, h = horizon, level = c(20, 40, 60, 80, 90, 95, 98))
  spent <- proc.time() - started
  stopifnot(length(result$mean) == horizon)
  cat(spent[["user.self"]] + spent[["sys.self"]], "\n")
  flush(stdout())
  round <- round + 1
}
