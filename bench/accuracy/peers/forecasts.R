# Forecasts of one of R's models from several origins of one series:
#   Rscript forecasts.R MODEL VALUES.csv SEASON STEP_SECONDS START_SECONDS HORIZON CONTEXT OUT.csv KNOWN...
# VALUES.csv has one value a line, NA where missing. From each origin (KNOWN values are known) at most the last CONTEXT
# values are read. OUT.csv gets `known,step,seconds` and the quantiles, origin by origin; those already there are left.
suppressMessages(library(forecast))
LEVELS <- c(0.025, seq(0.1, 0.9, 0.1), 0.975)
# The central bands whose ends are these levels.
BANDS <- c(20, 40, 60, 80, 95)

arguments <- commandArgs(trailingOnly = TRUE)
model <- arguments[1]
values <- as.numeric(readLines(arguments[2]))
numbers <- as.numeric(arguments[3:7])
season <- numbers[1]
step_seconds <- numbers[2]
start_seconds <- numbers[3]
horizon <- numbers[4]
context <- numbers[5]
out <- arguments[8]
origins <- as.integer(arguments[-(1:8)])

from_bands <- function(result) {
  lower <- matrix(result$lower, nrow = horizon)
  upper <- matrix(result$upper, nrow = horizon)
  cbind(lower[, c(5, 4, 3, 2, 1)], as.numeric(result$mean), upper[, c(1, 2, 3, 4, 5)])
}

# Fourier terms of the day, and of the week where two weeks are there, with ARIMA errors: auto.arima's own search for
# seasonal ARIMA does not end at a season of 288.
with_arima <- function(y, day_terms = 6, week_terms = 3) {
  week <- 7 * season
  series <- if (length(y) >= 2 * week) msts(y, c(season, week)) else ts(y, frequency = season)
  terms <- if (length(y) >= 2 * week) c(day_terms, week_terms) else day_terms
  fit <- auto.arima(series, seasonal = FALSE, xreg = fourier(series, K = terms))
  forecast(fit, xreg = fourier(series, K = terms, h = horizon), level = BANDS)
}

with_arima_alone <- function(y) forecast(auto.arima(y), h = horizon, level = BANDS)

with_prophet <- function(y, known) {
  suppressMessages(library(prophet))
  first <- known - length(y)
  times <- as.POSIXct(start_seconds + (first + seq_len(length(y) + horizon) - 1) * step_seconds, origin = "1970-01-01", tz = "UTC")
  past <- data.frame(ds = times[seq_along(y)], y = y)
  fit <- suppressMessages(prophet(past, yearly.seasonality = FALSE))
  future <- data.frame(ds = times[length(y) + seq_len(horizon)])
  t(apply(predictive_samples(fit, future)$yhat, 1, quantile, LEVELS))
}

quantiles_of <- function(y, known) {
  filled <- ts(as.numeric(na.interp(y)), frequency = season)
  switch(model,
    "r-ets" = from_bands(forecast(ets(filled), h = horizon, level = BANDS)),
    "r-stlf" = from_bands(stlf(filled, h = horizon, level = BANDS)),
    "r-stlf-arima" = from_bands(stlf(filled, h = horizon, method = "arima", level = BANDS)),
    # Where the series is too flat for the terms, ARIMA alone.
    "r-auto.arima" = from_bands(tryCatch(with_arima(y), error = function(e) with_arima_alone(y))),
    "r-prophet" = with_prophet(y, known),
    stop("there is no model ", model)
  )
}

done <- if (file.exists(out)) unique(read.csv(out)$known) else integer()
if (length(done) == 0) {
  cat(paste(c("known", "step", "seconds", paste0("q", LEVELS)), collapse = ","), "\n", sep = "", file = out)
}
for (known in setdiff(origins, done)) {
  set.seed(1)
  y <- values[max(1, known - context + 1):known]
  y <- y[min(which(!is.na(y))):length(y)]
  started <- proc.time()
  quantiles <- quantiles_of(y, known)
  spent <- proc.time() - started
  # A quantile below zero says nothing of what never was below.
  if (all(y >= 0, na.rm = TRUE)) quantiles <- pmax(quantiles, 0)
  rows <- data.frame(known, seq_len(horizon), spent[["user.self"]] + spent[["sys.self"]], quantiles)
  write.table(rows, out, append = TRUE, sep = ",", row.names = FALSE, col.names = FALSE)
}
