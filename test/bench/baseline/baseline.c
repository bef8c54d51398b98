/*
 * C baseline of the benchmark: the experiment of arXiv 2108.01804 in plain C, timed next to Chalcogen's engine. A recurrent
 * network of spiking neurons learns sums of sinusoids by e-prop. Its weights are digital or stored in differential crossbars
 * of phase-change memory (Nandakumar et al., J. Appl. Phys. 124, 152135), with the `corrected` conventions. It shares no code
 * with the engine and draws different random numbers, so the two agree in distribution but not in bits. It uses one thread and
 * float32. Nothing is vectorised by hand, but the loops are arranged so that the compiler can vectorise them.
 *
 *   gcc -O3 -std=c11 baseline.c -lm -o baseline
 *   ./baseline scheme=mixed-precision threshold=0.77 sequences=30 warmup=3
 *
 * The keys are listed below with their defaults and ranges. Keys of other schemes are ignored. The program trains `warmup`
 * sequences before it times `sequences` more. It prints one JSON object. Invalid input ends with exit code 2.
 * Units: conductance µS, time s, rates Hz, time constants ms. A step is 1 ms.
 */
#define _POSIX_C_SOURCE 200809L
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* ---- Settings ---- */

enum { FP32, MIXED_PRECISION, MULTI_MEMRISTOR };
enum { FILTERED, RUNNING };

/* key, default, minimum, maximum */
#define WHOLES(_) \
  _(neurons, 100, 1, 4096) _(inputs, 100, 1, 4096) _(steps, 1000, 2, 20000) _(patterns, 3, 1, 256) \
  _(sequences, 750, 1, 1000000) _(warmup, 0, 0, 1000000) _(seed, 42, 0, 0x1fffffffffffff) _(pairs, 4, 1, 64)
#define REALS(_) \
  _(threshold, 0.1, 1e-4, 1e3) _(weightGain, 0.1, 0, 100) _(feedbackGain, 0.1, 0, 100) \
  _(tauRecurrent, 30, 0.1, 1e4) _(tauOutput, 30, 0.1, 1e4) _(surrogateHeight, 0.3, 0, 10) _(inputRate, 50, 0, 1e3) \
  _(rateInput, 2e-5, 0, 1e3) _(rateRecurrent, 5e-5, 0, 1e3) _(rateOutput, 2e-5, 0, 1e3) \
  _(regularisation, 1e-4, 0, 1e6) _(targetRate, 12, 0, 1e3) _(gradientClip, 100, 0, 1e12) _(weightClip, 1, 0, 1e12) \
  _(scale, 12, 1e-3, 1e6) _(initialConductance, 0.1, 0.01, 12) _(resetConductance, 0.1, 0.01, 12) \
  _(maxConductance, 12, 1, 100) _(driftExponent, 0.04, 0, 1) \
  _(smallestJump, 0.75, 1e-3, 12) _(accumulatorStep, 0.125, 1e-6, 2) \
  _(refreshAbove, NAN, 0, 25) _(refreshBelow, NAN, 0, 25) /* NAN: default of the scheme */
#define WHOLE_FIELD(key, start, least, most) size_t key;
#define REAL_FIELD(key, start, least, most) float key;
#define WHOLE_START(key, start, least, most) .key = start,
#define REAL_START(key, start, least, most) .key = (float)(start),
#define ROW(key, start, least, most) {#key, &spec.key, least, most},

static struct { size_t scheme, form; WHOLES(WHOLE_FIELD) REALS(REAL_FIELD) } spec = { WHOLES(WHOLE_START) REALS(REAL_START) };

static const struct { const char *key, *names[4]; size_t *value; } choices[] = {
  {"scheme", {"fp32", "mixed-precision", "multi-memristor"}, &spec.scheme}, {"form", {"filtered", "running"}, &spec.form},
};
static const struct { const char *key; size_t *value; double least, most; } wholes[] = { WHOLES(ROW) };
static const struct { const char *key; float *value; double least, most; } reals[] = { REALS(ROW) };

#define LENGTH(array) (sizeof(array) / sizeof *(array))

static void refuse(const char *argument, const char *why) {
  fprintf(stderr, "baseline: %s: %s\n", argument, why);
  exit(2);
}

static double numberWithin(const char *argument, const char *text, double least, double most, bool whole) {
  char *end, why[96];
  const double value = strtod(text, &end);
  if (end != text && !*end && value >= least && value <= most && (!whole || value == floor(value))) return value;
  snprintf(why, sizeof why, "must be %s between %.16g and %.16g", whole ? "an integer" : "a number", least, most);
  refuse(argument, why);
  return 0;
}

static void choose(size_t choice, const char *argument, const char *text) {
  for (size_t k = 0; choices[choice].names[k]; k++) {
    if (strcmp(choices[choice].names[k], text) != 0) continue;
    *choices[choice].value = k;
    return;
  }
  refuse(argument, "unknown name");
}

static bool names(const char *argument, const char *key) {
  const size_t length = strlen(key);
  return strncmp(argument, key, length) == 0 && argument[length] == '=';
}

static void take(const char *argument) {
  const char *equals = strchr(argument, '='), *text = equals ? equals + 1 : "";
  for (size_t k = 0; k < LENGTH(choices); k++) if (names(argument, choices[k].key)) { choose(k, argument, text); return; }
  for (size_t k = 0; k < LENGTH(wholes); k++) {
    if (!names(argument, wholes[k].key)) continue;
    *wholes[k].value = (size_t)numberWithin(argument, text, wholes[k].least, wholes[k].most, true);
    return;
  }
  for (size_t k = 0; k < LENGTH(reals); k++) {
    if (!names(argument, reals[k].key)) continue;
    *reals[k].value = (float)numberWithin(argument, text, reals[k].least, reals[k].most, false);
    return;
  }
  refuse(argument, equals ? "unknown key" : "must have the form key=value");
}

static void settle(int arguments, char **argument) {
  for (int k = 1; k < arguments; k++) take(argument[k]);
  const bool several = spec.scheme == MULTI_MEMRISTOR;
  if (!several) spec.pairs = 1;
  if (isnan(spec.refreshAbove)) spec.refreshAbove = several ? 9 : 6;
  if (isnan(spec.refreshBelow)) spec.refreshBelow = several ? 4.5f : 1.5f;
  if (fmaxf(spec.initialConductance, spec.resetConductance) > spec.maxConductance) {
    refuse("maxConductance", "must not be below initialConductance or resetConductance");
  }
}

/* ---- Memory and random numbers ---- */

/* All memory is allocated before the first sequence and kept until the program ends. */
static void *zeros(size_t count, size_t size) {
  void *memory = calloc(count, size);
  if (memory) return memory;
  fputs("baseline: out of memory\n", stderr);
  exit(1);
}

static float *floats(size_t count) { return zeros(count, sizeof(float)); }

static void clear(float *values, size_t count) { memset(values, 0, count * sizeof *values); }

/* xoshiro128++ (Blackman and Vigna). splitmix64 fills its state. */
static uint32_t state[4];

static void seedGenerator(uint64_t seed) {
  for (int k = 0; k < 4; k++) {
    uint64_t mixed = seed += UINT64_C(0x9e3779b97f4a7c15);
    mixed = (mixed ^ mixed >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    mixed = (mixed ^ mixed >> 27) * UINT64_C(0x94d049bb133111eb);
    state[k] = (uint32_t)((mixed ^ mixed >> 31) >> 32);
  }
}

static inline uint32_t rotated(uint32_t bits, int by) { return bits << by | bits >> (32 - by); }

static inline uint32_t randomBits(void) {
  const uint32_t bits = rotated(state[0] + state[3], 7) + state[0], shifted = state[1] << 9;
  state[2] ^= state[0];
  state[3] ^= state[1];
  state[1] ^= state[2];
  state[0] ^= state[3];
  state[2] ^= shifted;
  state[3] = rotated(state[3], 11);
  return bits;
}

/* Uniform on (0, 1). Never 0, so its logarithm is finite. */
static inline float uniform(void) { return ((float)(int32_t)(randomBits() >> 9) + 0.5f) * 0x1p-23f; }

#define TURN 6.28318530717958648f

/* Two independent standard normals (Box and Muller). */
static inline void normalPair(float *first, float *second) {
  const float radius = sqrtf(-2 * logf(uniform())), angle = TURN * uniform();
  *first = radius * cosf(angle);
  *second = radius * sinf(angle);
}

static float normal(void) {
  static float fresh, kept;
  static bool some;
  some = !some;
  if (!some) return kept;
  normalPair(&fresh, &kept);
  return fresh;
}

static inline float clamp(float x, float low, float high) { return x < low ? low : x > high ? high : x; }

/* ---- The task ---- */

#define SECONDS_PER_STEP 1e-3

/* Neurons neurons[offsets[t]] to neurons[offsets[t + 1] − 1] spike at step t. */
typedef struct { uint32_t *offsets, *neurons; } Raster;

typedef struct { Raster input; float *target; } Pattern;

static Raster newRaster(size_t width) {
  return (Raster){zeros(spec.steps + 1, sizeof(uint32_t)), zeros(spec.steps * width, sizeof(uint32_t))};
}

static Raster poissonInput(void) {
  const float probability = spec.inputRate * (float)SECONDS_PER_STEP;
  Raster spikes = newRaster(spec.inputs);
  uint32_t count = 0;
  for (size_t t = 0; t < spec.steps; t++) {
    for (uint32_t i = 0; i < spec.inputs; i++) if (uniform() < probability) spikes.neurons[count++] = i;
    spikes.offsets[t + 1] = count;
  }
  return spikes;
}

static float *sinusoidTarget(void) {
  static const float frequencies[] = {1, 2, 3, 5};
  float *target = floats(spec.steps), largest = 0;
  for (size_t k = 0; k < LENGTH(frequencies); k++) {
    const float amplitude = 0.5f + 1.5f * uniform(), phase = uniform(), turns = frequencies[k] * (float)SECONDS_PER_STEP;
    for (size_t t = 0; t < spec.steps; t++) target[t] += amplitude * sinf(TURN * (turns * (float)t + phase));
  }
  for (size_t t = 0; t < spec.steps; t++) largest = fmaxf(largest, fabsf(target[t]));
  for (size_t t = 0; t < spec.steps; t++) target[t] /= largest;
  return target;
}

static void shuffle(size_t *order, size_t count) {
  for (size_t k = 0; k < count; k++) order[k] = k;
  for (size_t k = count - 1; k > 0; k--) {
    const size_t other = (uint64_t)randomBits() * (k + 1) >> 32, swapped = order[k];
    order[k] = order[other];
    order[other] = swapped;
  }
}

/* ---- Layers and their PCM devices ---- */

/* Weights and devices are stored in columns, one per presynaptic neuron, so that a spike accesses contiguous memory. */
typedef struct {
  size_t post, pre;
  bool masked;                   /* self-connections (i → i) do not exist */
  float rate;                    /* learning rate η */
  float *gradient, *accumulator; /* gradient and χ, [post][pre] */
  float *weights;                /* [pre][post] */
  float *conductance, *memory;   /* G and P, [pre][post][pair][G⁺, G⁻] */
  double *programmedAt;          /* time of the last SET or RESET, same shape */
  uint8_t *turn;                 /* pair that takes the next SET, [post][pre][G⁺, G⁻] */
} Layer;

static Layer input, recurrent, output;
static uint64_t sets, reads;
static float memoryDecay;      /* factor of P for each SET */
static float *noise, *drifted; /* scratch for the column being READ, [post][pair][G⁺, G⁻] */

#define REFERENCE_AGE 38.6
#define SMALLEST 0.1f

static float freshlyReset(float mean) { return clamp(mean + 0.1f * mean * normal(), 0.01f, spec.maxConductance); }

static void pulseReset(Layer *layer, size_t device, double now) {
  layer->conductance[device] = freshlyReset(spec.resetConductance);
  layer->memory[device] = 1;
  layer->programmedAt[device] = now;
}

static void pulseSet(Layer *layer, size_t device, double now) {
  const float before = layer->conductance[device], memory = layer->memory[device] * memoryDecay;
  const float mean = -0.084f * before + 0.88f + 1.4f * memory, deviation = 0.091f * before + 0.26f + 2.15f * memory;
  layer->conductance[device] = clamp(before + mean + deviation * normal(), SMALLEST, spec.maxConductance);
  layer->memory[device] = memory;
  layer->programmedAt[device] = now;
  sets++;
}

/* READs every device of column i (with drift, noise and clipping) and adds its weights. The masked weight is restored afterwards. */
static void readColumn(const Layer *layer, size_t i, double now, float *restrict sum) {
  const size_t post = layer->post, pairs = spec.pairs, devices = 2 * pairs * post;
  const float *restrict conductance = layer->conductance + i * devices;
  const double *restrict programmedAt = layer->programmedAt + i * devices;
  const float exponent = -spec.driftExponent, largest = spec.maxConductance, perConductance = 1 / spec.scale;
  const float own = layer->masked ? sum[i] : 0;
  float *restrict shown = drifted, *restrict normals = noise;
  for (size_t k = 0; k < devices; k += 2) normalPair(normals + k, normals + k + 1);
  for (size_t k = 0; k < devices; k++) {
    shown[k] = conductance[k] * powf((float)(now - programmedAt[k]) * (float)(1 / REFERENCE_AGE), exponent);
  }
  for (size_t k = 0; k < devices; k++) {
    shown[k] = clamp(shown[k] + normals[k] * (0.03f * shown[k] + 0.13f), SMALLEST, largest);
  }
  for (size_t j = 0, k = 0; j < post; j++) {
    float difference = 0;
    for (const size_t end = k + 2 * pairs; k < end; k += 2) difference += shown[k] - shown[k + 1];
    sum[j] += difference * perConductance;
  }
  if (layer->masked) sum[i] = own;
  reads += 2 * pairs * (post - layer->masked);
}

/* ---- Forward pass ---- */

static float alpha, kappa;
static Raster spikes;
static uint32_t *spikeCounts;                /* [neurons] */
static float *membrane, *current, *feedback; /* [neurons] */
static float *psi;                           /* [steps][neurons] */
static float *readout, *error;               /* y and y − y*, [steps] */

static void addColumn(const float *restrict column, size_t post, float *restrict sum) {
  for (size_t j = 0; j < post; j++) sum[j] += column[j];
}

/* Adds the weights of the neurons that spike at step t. Devices are READ at time `now`. */
static void addSpikes(const Layer *layer, const Raster *from, size_t t, double now, float *sum) {
  for (uint32_t k = from->offsets[t]; k < from->offsets[t + 1]; k++) {
    const size_t i = from->neurons[k];
    if (spec.scheme == FP32) addColumn(layer->weights + i * layer->post, layer->post, sum);
    else readColumn(layer, i, now, sum);
  }
}

/* v ← α·v + arrived current, and ψ. */
static void stepMembranes(size_t neurons, const float *restrict arrived, float *restrict v, float *restrict height) {
  const float decay = alpha, peak = spec.surrogateHeight, threshold = spec.threshold, perThreshold = 1 / threshold;
  for (size_t j = 0; j < neurons; j++) {
    v[j] = decay * v[j] + arrived[j];
    const float near = 1 - fabsf(v[j] - threshold) * perThreshold;
    height[j] = peak * (near > 0 ? near : 0);
  }
}

static void fire(size_t t) {
  uint32_t count = spikes.offsets[t];
  for (uint32_t j = 0; j < spec.neurons; j++) {
    if (membrane[j] > spec.threshold) {
      spikes.neurons[count++] = j;
      spikeCounts[j]++;
    }
  }
  spikes.offsets[t + 1] = count;
}

/* Presents one sequence. v, z and y start at 0. Nothing happens at step 0, because an input spike acts one step later. */
static void present(const Pattern *pattern, double presentedAt) {
  const size_t neurons = spec.neurons;
  clear(membrane, neurons);
  clear(psi, neurons);
  memset(spikeCounts, 0, neurons * sizeof *spikeCounts);
  for (size_t t = 1; t < spec.steps; t++) {
    const double now = presentedAt + (double)(t - 1) * SECONDS_PER_STEP;
    float arrived = 0;
    clear(current, neurons);
    addSpikes(&input, &pattern->input, t - 1, now, current);
    addSpikes(&recurrent, &spikes, t - 1, now, current);
    for (uint32_t k = spikes.offsets[t - 1]; k < spikes.offsets[t]; k++) current[spikes.neurons[k]] -= spec.threshold;
    stepMembranes(neurons, current, membrane, psi + t * neurons);
    fire(t);
    addSpikes(&output, &spikes, t, now, &arrived);
    readout[t] = kappa * readout[t - 1] + arrived;
  }
}

/* ---- e-prop ---- */

#define BLOCK 64 /* steps per block: their traces stay in the cache while every row of a gradient uses them */

static float *base;        /* c_reg·(f − f_0), [neurons] */
static float *filtered;    /* L̃ at one step: the learning signal filtered backwards, [neurons] */
static float *drive;       /* ψ∘L̃, [steps][neurons] */
static float *trace;       /* traces of the presynaptic spikes, [steps][inputs or neurons] */
static float *eligibility; /* eligibility traces of the running form, [neurons][inputs or neurons] */

/* trace[t] = decay·trace[t − 1] + spike[t − delay] */
static void traceSpikes(const Raster *from, size_t width, float decay, size_t delay) {
  clear(trace, width);
  for (size_t t = 0; t < spec.steps; t++) {
    float *restrict row = trace + t * width;
    if (t > 0) for (size_t i = 0; i < width; i++) row[i] = decay * (row - width)[i];
    if (t < delay) continue;
    for (uint32_t k = from->offsets[t - delay]; k < from->offsets[t - delay + 1]; k++) row[from->neurons[k]] += 1;
  }
}

/* Computes y − y* and the regularisation term of the learning signal. Returns the mean squared error. */
static double findErrors(const float *target) {
  const float perSpike = (float)(1 / ((double)spec.steps * SECONDS_PER_STEP));
  double sum = 0;
  for (size_t t = 0; t < spec.steps; t++) {
    error[t] = readout[t] - target[t];
    sum += (double)error[t] * error[t];
  }
  for (size_t j = 0; j < spec.neurons; j++) {
    base[j] = spec.regularisation * ((float)spikeCounts[j] * perSpike - spec.targetRate);
  }
  return sum / (double)spec.steps;
}

/* Computes L̃[t] = L[t] + κ·L̃[t + 1] and ψ∘L̃. A gradient is then one matrix product with the traces. */
static void foldSignals(
  size_t neurons, const float *restrict offset, const float *restrict weight, const float *restrict heights,
  float *restrict folded, float *restrict product
) {
  const float decay = kappa;
  clear(folded, neurons);
  for (size_t t = spec.steps; t-- > 0;) {
    const float now = error[t];
    const float *restrict height = heights + t * neurons;
    float *restrict row = product + t * neurons;
    for (size_t j = 0; j < neurons; j++) {
      folded[j] = offset[j] + weight[j] * now + decay * folded[j];
      row[j] = height[j] * folded[j];
    }
  }
}

/* gradient[j][i] += Σ_t factors[t][j]·traces[t][i] over the steps of a block. */
static void addProducts(
  size_t first, size_t end, size_t post, size_t pre,
  const float *restrict factors, const float *restrict traces, float *restrict gradient
) {
  for (size_t j = 0; j < post; j++) {
    float *restrict row = gradient + j * pre;
    for (size_t t = first; t < end; t++) {
      const float factor = factors[t * post + j];
      const float *restrict presynaptic = traces + t * pre;
      if (factor == 0) continue;
      for (size_t i = 0; i < pre; i++) row[i] += factor * presynaptic[i];
    }
  }
}

/* Computes the same sums online: ē ← κ·ē + ψ·x̄ for each synapse, then gradient += L·ē. */
static void addEligibilities(
  size_t first, size_t end, size_t post, size_t pre,
  const float *restrict heights, const float *restrict traces, float *restrict eligibilities, float *restrict gradient
) {
  const float decay = kappa;
  for (size_t j = 0; j < post; j++) {
    float *restrict row = gradient + j * pre, *restrict eligible = eligibilities + j * pre;
    for (size_t t = first; t < end; t++) {
      const float *restrict presynaptic = traces + t * pre;
      const float height = heights[t * post + j], learning = base[j] + feedback[j] * error[t];
      for (size_t i = 0; i < pre; i++) {
        eligible[i] = decay * eligible[i] + height * presynaptic[i];
        row[i] += learning * eligible[i];
      }
    }
  }
}

/* Computes the gradient of a layer onto the recurrent neurons from its presynaptic spikes. */
static void gather(const Layer *layer, const Raster *from) {
  const size_t post = layer->post, pre = layer->pre;
  traceSpikes(from, pre, alpha, 1);
  clear(layer->gradient, post * pre);
  if (spec.form == RUNNING) clear(eligibility, post * pre);
  for (size_t first = 0; first < spec.steps; first += BLOCK) {
    const size_t end = first + BLOCK < spec.steps ? first + BLOCK : spec.steps;
    if (spec.form == FILTERED) addProducts(first, end, post, pre, drive, trace, layer->gradient);
    else addEligibilities(first, end, post, pre, psi, trace, eligibility, layer->gradient);
  }
}

static void gatherReadout(void) {
  traceSpikes(&spikes, output.pre, kappa, 0);
  clear(output.gradient, output.pre);
  addProducts(0, spec.steps, 1, output.pre, error, trace, output.gradient);
}

static void clip(const Layer *layer) {
  const float limit = spec.gradientClip;
  float *gradient = layer->gradient;
  if (layer->masked) for (size_t j = 0; j < layer->post; j++) gradient[j * layer->pre + j] = 0;
  for (size_t k = 0; k < layer->post * layer->pre; k++) gradient[k] = clamp(gradient[k], -limit, limit);
}

/* Computes the gradients of the last presented sequence. Returns its mean squared error. */
static double learn(const Pattern *pattern) {
  const double mse = findErrors(pattern->target);
  if (spec.form == FILTERED) foldSignals(spec.neurons, base, feedback, psi, filtered, drive);
  gather(&input, &pattern->input);
  gather(&recurrent, &spikes);
  gatherReadout();
  clip(&input);
  clip(&recurrent);
  clip(&output);
  return mse;
}

/* ---- Updates ---- */

static void updateDigital(Layer *layer) {
  const float limit = spec.weightClip, rate = layer->rate;
  for (size_t i = 0; i < layer->pre; i++) {
    float *restrict column = layer->weights + i * layer->post;
    const float *restrict gradient = layer->gradient + i;
    for (size_t j = 0; j < layer->post; j++) column[j] = clamp(column[j] - rate * gradient[j * layer->pre], -limit, limit);
  }
}

/* Index of G⁺ of the first pair of synapse (j, i). Its G⁻ follows, then the other pairs. */
static size_t firstDevice(const Layer *layer, size_t j, size_t i) { return (i * layer->post + j) * spec.pairs * 2; }

/* Number of SETs for a wanted change of G⁺ − G⁻: one per smallest jump. */
static size_t pulsesFor(float change) { return (size_t)fminf(fabsf(change) / spec.smallestJump, 1e9f); }

/* χ += η·gradient. The whole steps δ in χ are subtracted from it and become SETs. */
static void updateMixedPrecision(Layer *layer, double now) {
  const float step = spec.accumulatorStep;
  for (size_t j = 0, synapse = 0; j < layer->post; j++) {
    for (size_t i = 0; i < layer->pre; i++, synapse++) {
      const float gathered = layer->accumulator[synapse] + layer->rate * layer->gradient[synapse];
      const float due = truncf(gathered / step) * step;
      layer->accumulator[synapse] = gathered - due;
      const size_t device = firstDevice(layer, j, i) + (due > 0);
      for (size_t pulses = pulsesFor(due * spec.scale); pulses > 0; pulses--) pulseSet(layer, device, now);
    }
  }
}

/* The pairs of a synapse take its SETs in turn, with separate counters for G⁺ and G⁻. */
static void updateMultiMemristor(Layer *layer, double now) {
  for (size_t j = 0, synapse = 0; j < layer->post; j++) {
    for (size_t i = 0; i < layer->pre; i++, synapse++) {
      const float change = -layer->rate * layer->gradient[synapse] * spec.scale;
      const size_t polarity = change < 0, device = firstDevice(layer, j, i) + polarity;
      uint8_t *turn = &layer->turn[2 * synapse + polarity];
      for (size_t pulses = pulsesFor(change); pulses > 0; pulses--) {
        pulseSet(layer, device + 2 * *turn, now);
        *turn = (uint8_t)((*turn + 1u) % spec.pairs);
      }
    }
  }
}

/* Fires SETs at one device of a newly RESET pair until G⁺ − G⁻ is within half a jump of `difference`. Checks before each pulse. */
static void writeDifference(Layer *layer, size_t plus, float difference, double now) {
  const size_t most = (size_t)ceilf(fabsf(difference) / spec.smallestJump);
  const float sign = difference < 0 ? -1 : 1;
  for (size_t k = 0; k < most; k++) {
    const float missing = difference - (layer->conductance[plus] - layer->conductance[plus + 1]);
    if (missing * sign < spec.smallestJump / 2) return;
    pulseSet(layer, plus + (difference < 0), now);
  }
}

/* Refreshes each pair that has a device near its maximum conductance but a small difference: RESETs it and writes the difference back. */
static void refresh(Layer *layer, double now) {
  const size_t perSynapse = 2 * spec.pairs, devices = layer->post * layer->pre * perSynapse;
  const float *conductance = layer->conductance, above = spec.refreshAbove;
  for (size_t plus = 0; plus < devices; plus += 2) {
    if (conductance[plus] <= above && conductance[plus + 1] <= above) continue;
    if (layer->masked && plus / perSynapse % (layer->post + 1) == 0) continue;
    const float difference = conductance[plus] - conductance[plus + 1];
    if (fabsf(difference) >= spec.refreshBelow) continue;
    pulseReset(layer, plus, now);
    pulseReset(layer, plus + 1, now);
    writeDifference(layer, plus, difference, now);
  }
}

static void update(Layer *layer, double now) {
  switch (spec.scheme) {
    case FP32: updateDigital(layer); return;
    case MIXED_PRECISION: updateMixedPrecision(layer, now); break;
    case MULTI_MEMRISTOR: updateMultiMemristor(layer, now); break;
  }
  refresh(layer, now);
}

/* ---- The experiment ---- */

/* Random weights with mean 0 and standard deviation gain·√(2/fan-in). */
static float *gaussian(size_t count, float gain, size_t fanIn) {
  const float deviation = gain * sqrtf(2 / (float)fanIn);
  float *values = floats(count);
  for (size_t k = 0; k < count; k++) values[k] = deviation * normal();
  return values;
}

static void makeDevices(Layer *layer, size_t synapses) {
  const size_t devices = synapses * spec.pairs * 2;
  layer->accumulator = floats(synapses);
  layer->turn = zeros(synapses, 2);
  layer->conductance = floats(devices);
  layer->memory = floats(devices);
  layer->programmedAt = zeros(devices, sizeof(double));
  for (size_t k = 0; k < devices; k++) {
    layer->conductance[k] = freshlyReset(spec.initialConductance);
    layer->memory[k] = 1;
  }
}

static Layer newLayer(size_t post, size_t pre, float rate, bool masked) {
  Layer layer = {.post = post, .pre = pre, .masked = masked, .rate = rate, .gradient = floats(post * pre)};
  if (spec.scheme == FP32) layer.weights = gaussian(post * pre, spec.weightGain, pre);
  else makeDevices(&layer, post * pre);
  if (spec.scheme == FP32 && masked) for (size_t i = 0; i < pre; i++) layer.weights[i * post + i] = 0;
  return layer;
}

static void prepare(Pattern *patterns) {
  const size_t neurons = spec.neurons, inputs = spec.inputs, widest = inputs > neurons ? inputs : neurons;
  seedGenerator(spec.seed);
  memoryDecay = expf(-1 / 2.6f);
  alpha = expf(-1 / spec.tauRecurrent);
  kappa = expf(-1 / spec.tauOutput);
  for (size_t k = 0; k < spec.patterns; k++) patterns[k] = (Pattern){poissonInput(), sinusoidTarget()};
  input = newLayer(neurons, inputs, spec.rateInput, false);
  recurrent = newLayer(neurons, neurons, spec.rateRecurrent, true);
  output = newLayer(1, neurons, spec.rateOutput, false);
  feedback = gaussian(neurons, spec.feedbackGain, neurons);
  noise = floats(2 * spec.pairs * neurons);
  drifted = floats(2 * spec.pairs * neurons);
  spikes = newRaster(neurons);
  spikeCounts = zeros(neurons, sizeof *spikeCounts);
  membrane = floats(neurons);
  current = floats(neurons);
  base = floats(neurons);
  filtered = floats(neurons);
  readout = floats(spec.steps);
  error = floats(spec.steps);
  psi = floats(spec.steps * neurons);
  drive = floats(spec.steps * neurons);
  trace = floats(spec.steps * widest);
  eligibility = floats(neurons * widest);
}

/* Trains one sequence, counted from 0: waits for the reference age of the drift law, presents, then writes. Returns its mean squared error. */
static double train(const Pattern *pattern, size_t sequence) {
  const double untilWrite = fmax(REFERENCE_AGE, (double)spec.steps * SECONDS_PER_STEP);
  const double presentedAt = REFERENCE_AGE + (double)sequence * (untilWrite + REFERENCE_AGE);
  present(pattern, presentedAt);
  const double mse = learn(pattern);
  update(&input, presentedAt + untilWrite);
  update(&recurrent, presentedAt + untilWrite);
  update(&output, presentedAt + untilWrite);
  return mse;
}

static double seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static int ascending(const void *a, const void *b) {
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* Prints the result as JSON. @param mse errors of the last presentations, one per pattern */
static void report(double *took, const double *mse, double rate) {
  const size_t timed = spec.sequences, total = spec.warmup + timed, last = total < spec.patterns ? total : spec.patterns;
  double sum = 0;
  for (size_t k = 0; k < last; k++) sum += mse[k];
  qsort(took, timed, sizeof *took, ascending);
  printf("{\"secondsPerSequence\": %.9f, ", (took[(timed - 1) / 2] + took[timed / 2]) / 2);
  printf("\"least\": %.9f, \"most\": %.9f, \"sequences\": %zu, ", took[0], took[timed - 1], timed);
  printf("\"meanRateHz\": %.6g, \"mse\": ", rate / (double)timed);
  if (isfinite(sum)) printf("%.9g, ", sum / (double)last);
  else printf("null, ");
  printf("\"reads\": %.9g, \"set\": %.0f}\n", (double)reads / (double)timed, (double)sets);
}

int main(int arguments, char **argument) {
  static Pattern *patterns;
  static size_t *order;
  static double *mse, *took, rate;
  settle(arguments, argument);
  patterns = zeros(spec.patterns, sizeof *patterns);
  order = zeros(spec.patterns, sizeof *order);
  mse = zeros(spec.patterns, sizeof *mse);
  took = zeros(spec.sequences, sizeof *took);
  prepare(patterns);
  for (size_t n = 0; n < spec.warmup + spec.sequences; n++) {
    const size_t turn = n % spec.patterns;
    if (turn == 0) shuffle(order, spec.patterns);
    if (n == spec.warmup) reads = 0;
    const double start = seconds();
    mse[turn] = train(&patterns[order[turn]], n);
    const double end = seconds();
    if (n < spec.warmup) continue;
    took[n - spec.warmup] = end - start;
    rate += spikes.offsets[spec.steps] / ((double)(spec.neurons * spec.steps) * SECONDS_PER_STEP);
  }
  report(took, mse, rate);
  return 0;
}
