# Numbers that test/lead-time/authority.test.ts compares with. Run in this folder: Rscript lead-time.R > lead-time.json
#
# AUC and its standard error by account: survival::concordance (infinitesimal jackknife, clustered).
# Height of a rise by generalised least squares: MASS::lm.gls.
suppressPackageStartupMessages({
  library(survival)
  library(MASS)
})
set.seed(20)

rows <- 60
left <- rep(c(1, 0, 0), rows / 3)
account <- sample(0:39, rows, replace = TRUE)
value <- round(rnorm(rows) + 0.6 * left, 1)
found <- concordance(left ~ value, cluster = account)

days <- seq(0, 84, by = 7)
covariance <- 4e-4 * 0.9^(abs(outer(days, days, "-")) / 7)
curve <- 0.52 + 0.08 * pmin(1, pmax(0, (42 - days) / 14)) + round(rnorm(length(days), 0, 0.01), 3)
# As in rise.ts, each day's variance is taken 1.5 times as large.
loose <- covariance + diag(0.5 * diag(covariance))
shape <- pmin(1, pmax(0, (40 - days) / 14))
rise <- lm.gls(curve ~ shape, W = loose, inverse = TRUE)
flat <- lm.gls(curve ~ 1, W = loose, inverse = TRUE)
squares <- function(fit) drop(t(fit$residuals) %*% solve(loose) %*% fit$residuals)

list_text <- function(x) paste0("[", paste(format(x, digits = 17, trim = TRUE, scientific = FALSE), collapse = ", "), "]")
cat(sprintf('{
  "made by": "lead-time.R, R %s.%s, survival %s, MASS %s",
  "left": %s,
  "account": %s,
  "value": %s,
  "auc": %.15f,
  "standardError": %.15f,
  "days": %s,
  "covariance": %s,
  "curve": %s,
  "onsetDays": 40,
  "rampDays": 14,
  "height": %.15f,
  "gain": %.15f
}
', R.version$major, R.version$minor, packageVersion("survival"), packageVersion("MASS"),
  list_text(left), list_text(account), list_text(value), found$concordance, sqrt(found$var),
  list_text(days), list_text(as.vector(covariance)), list_text(curve),
  coef(rise)[["shape"]], sqrt(squares(flat) - squares(rise))))
