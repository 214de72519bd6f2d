# One forecast of R's forecast or prophet package for each line on standard input, as a distribution; prints CPU seconds.
#   Rscript forecast.R stlf|auto.arima|prophet DAYS SEASON HORIZON
arguments <- commandArgs(trailingOnly = TRUE)
model <- arguments[1]
suppressMessages(library(if (model == "prophet") "prophet" else "forecast", character.only = TRUE))
numbers <- as.integer(arguments[-1])
days <- numbers[1]
season <- numbers[2]
horizon <- numbers[3]
bands <- c(20, 40, 60, 80, 90, 95, 98)

with_prophet <- function(values) {
  times <- as.POSIXct((seq_len(length(values) + horizon) - 1) * 86400 / season, origin = "1970-01-01", tz = "UTC")
  fit <- suppressMessages(prophet(data.frame(ds = times[seq_along(values)], y = values), yearly.seasonality = FALSE))
  predict(fit, data.frame(ds = times[length(values) + seq_len(horizon)]))$yhat
}

# auto.arima's own search for seasonal ARIMA does not end at a season of 288: Fourier terms stand for it.
with_arima <- function(values) {
  y <- ts(values, frequency = season)
  fit <- auto.arima(y, seasonal = FALSE, xreg = fourier(y, K = 6))
  forecast(fit, xreg = fourier(y, K = 6, h = horizon), level = bands)$mean
}

input <- file("stdin", "r")
round <- 0
while (length(readLines(input, n = 1)) > 0) {
  set.seed(round)
  t <- seq_len(days * season)
  values <- 100 + 40 * sin(2 * pi * t / season) + 5 * rnorm(length(t))
  started <- proc.time()
  result <- switch(model,
    stlf = stlf(ts(values, frequency = season), h = horizon, level = bands)$mean,
    auto.arima = with_arima(values),
    prophet = with_prophet(values),
    stop("there is no model ", model)
  )
  spent <- proc.time() - started
  stopifnot(length(result) == horizon)
  cat(spent[["user.self"]] + spent[["sys.self"]], "\n")
  flush(stdout())
  round <- round + 1
}
