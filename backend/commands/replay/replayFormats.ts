/** What the files of `headroom replay` look like, as its help shows it. */
export const REPLAY_FORMATS = `
Policies: headroom (the forecast's floor below a relaxed HPA, held to what the HPA alone would ask for once past days
show that this is safe), headroom-floor-only (the HPA's target untouched), hpa, static (the highest demand so far),
seasonal (a schedule from the last seven days), crane (Fourier + 15 %), holt-winters, cloned (a floor learnt from what
the HPA, or the column of --replicas, asked for, below the HPA on days after it was judged surely better), oracle (knows
the future; start-up still takes its time).

A service file (times in seconds; what is left out has the value shown, but for the prices and slo):
  perReplica: 50          # units of demand that one ready replica serves within the SLO; no default
  startSeconds: 180       # from decision to ready
  drainSeconds: 30        # costs, but serves no more
  metricLagSeconds: 30    # a policy sees demand this late
  min: 1
  max: 1000
  slo: { latencySeconds: 0.25, objective: 0.99, serviceSeconds: 0.05 }
  cost: { replicaHour: 0.10, violationMinute: 1.00 }
  hpa: { targetUtilization: 0.7, tolerance: 0.1, syncSeconds: 15, downStabilizationSeconds: 300 }
  headroom: { risk: 0.01 }

The decisions file: policy,timestamp,demand,desired,ready at the start of each step after the warm-up.
`;
