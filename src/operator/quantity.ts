const FACTORS: Readonly<Record<string, number>> = {
  '': 1,
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
}

/** What a quantity of Kubernetes is worth; undefined for what is none. kubernetes:staging/src/k8s.io/apimachinery/pkg/api/resource/quantity.go ParseQuantity. */
export function quantity(value: unknown): number | undefined {
  const match = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)([numkMGTPE]|[KMGTPE]i)?$/.exec(String(value))
  const factor = FACTORS[match?.[2] ?? '']
  return match === null || factor === undefined ? undefined : Number(match[1]) * factor
}
