# Kaplan-Meier curves with Greenwood bands on the log-log scale, medians, restricted means and log-rank tests of
# R's `survival` on data sets that come with it, as the reference for src/metrics/survival.ts and log-rank.ts.
#
#   Rscript test/references/survival.R > test/references/survival.json
#
# Needs R with the recommended package `survival` (Debian: r-cran-survival); no other package.
suppressPackageStartupMessages(library(survival))

number <- function(x) ifelse(is.na(x), "null", formatC(x, digits = 15, format = "g", flag = ""))
list_of <- function(x) paste0("[", paste(number(x), collapse = ","), "]")
text_of <- function(x) paste0("[", paste0('"', x, '"', collapse = ","), "]")
field <- function(name, value) paste0('"', name, '":', value)
object <- function(...) paste0("{", paste(c(...), collapse = ","), "}")

curve <- function(entry, time, event, until) {
  data <- data.frame(entry = entry, time = time, event = event)
  fit <- if (all(entry == 0)) {
    survfit(Surv(time, event) ~ 1, data = data, conf.type = "log-log")
  } else {
    survfit(Surv(entry, time, event) ~ 1, data = data, conf.type = "log-log")
  }
  with_events <- fit$n.event > 0
  mean_table <- summary(fit, rmean = until)$table
  median <- quantile(fit, 0.5)
  object(
    field("times", list_of(fit$time[with_events])),
    field("atRisk", list_of(fit$n.risk[with_events])),
    field("events", list_of(fit$n.event[with_events])),
    field("survival", list_of(fit$surv[with_events])),
    field("low", list_of(fit$lower[with_events])),
    field("high", list_of(fit$upper[with_events])),
    field("median", list_of(c(median$quantile, median$lower, median$upper))),
    field("until", number(until)),
    field("restrictedMean", list_of(mean_table[c("rmean", "se(rmean)")]))
  )
}

logrank <- function(time, event, group) {
  test <- survdiff(Surv(time, event) ~ group)
  object(
    field("chiSquare", number(test$chisq)),
    field("degreesOfFreedom", number(length(test$n) - 1)),
    field("p", number(pchisq(test$chisq, length(test$n) - 1, lower.tail = FALSE))),
    field("expected", list_of(test$exp)),
    field("observed", list_of(test$obs))
  )
}

case <- function(name, entry, time, event, group, until) {
  object(
    field("name", paste0('"', name, '"')),
    field("entry", list_of(entry)), field("time", list_of(time)), field("event", list_of(event)),
    field("group", text_of(group)),
    field("curve", curve(entry, time, event, until)),
    if (all(entry == 0)) field("logRank", logrank(time, event, group)) else field("logRank", "null")
  )
}

lung <- survival::lung
aml <- survival::aml
veteran <- survival::veteran
# Delayed entry: everyone is observed from a day that depends on the row alone.
delay <- (seq_len(nrow(lung)) * 37) %% 120
delayed <- lung$time > delay
# One subject in the heart study enters and leaves on the same day; those rows of zero length are left out.
heart <- subset(survival::jasa1, stop > start)

cat("[\n", paste(
  case("lung by sex", rep(0, nrow(lung)), lung$time, lung$status - 1, lung$sex, 500),
  case("lung by ECOG score", rep(0, sum(!is.na(lung$ph.ecog))), lung$time[!is.na(lung$ph.ecog)],
       lung$status[!is.na(lung$ph.ecog)] - 1, lung$ph.ecog[!is.na(lung$ph.ecog)], 500),
  case("aml by maintenance", rep(0, nrow(aml)), aml$time, aml$status, aml$x, 40),
  case("veteran by cell type", rep(0, nrow(veteran)), veteran$time, veteran$status, veteran$celltype, 200),
  case("lung with delayed entry", delay[delayed], lung$time[delayed], lung$status[delayed] - 1, lung$sex[delayed], 500),
  case("heart transplants", heart$start, heart$stop, heart$event, heart$transplant, 500),
  sep = ",\n"), "\n]\n", sep = "")
