package site

// Weights is what a second in each status costs, from 0 (nothing) to 1 (a
// whole second of downtime), indexed by Status.
type Weights [5]float64

// DefaultWeights are those of Statuspage: a partial outage counts 30 percent.
var DefaultWeights = Weights{PartialOutage: 0.3, MajorOutage: 1}
