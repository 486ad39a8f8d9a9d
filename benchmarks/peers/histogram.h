// Counts of durations in buckets whose width grows with the value: at most 0.8 % error, any range, no allocation.
#ifndef HISTOGRAM_H
#define HISTOGRAM_H

#include <stdint.h>
#include <string.h>

// 128 buckets for each power of two.
#define HISTOGRAM_BITS 7
#define HISTOGRAM_BUCKETS ((64 - HISTOGRAM_BITS + 1) << HISTOGRAM_BITS)

struct histogram {
    uint64_t count[HISTOGRAM_BUCKETS];
    uint64_t total;
    uint64_t max;
};

static inline void histogram_reset(struct histogram *histogram)
{
    memset(histogram, 0, sizeof *histogram);
}

// Values below 2^BITS have a bucket of their own each; above that the BITS bits after the leading one select it.
static inline unsigned histogram_bucket(uint64_t value)
{
    if (value < (1u << HISTOGRAM_BITS))
        return (unsigned)value;
    unsigned shift = 63 - HISTOGRAM_BITS - (unsigned)__builtin_clzll(value);
    return ((shift + 1) << HISTOGRAM_BITS) + (unsigned)((value >> shift) & ((1u << HISTOGRAM_BITS) - 1));
}

// The smallest value of the bucket.
static inline uint64_t histogram_value(unsigned bucket)
{
    if (bucket < (1u << HISTOGRAM_BITS))
        return bucket;
    unsigned shift = (bucket >> HISTOGRAM_BITS) - 1;
    return ((uint64_t)(1u << HISTOGRAM_BITS) + (bucket & ((1u << HISTOGRAM_BITS) - 1))) << shift;
}

static inline void histogram_add(struct histogram *histogram, uint64_t value)
{
    histogram->count[histogram_bucket(value)]++;
    histogram->total++;
    if (value > histogram->max)
        histogram->max = value;
}

static inline uint64_t histogram_quantile(const struct histogram *histogram, double quantile)
{
    uint64_t wanted = (uint64_t)(quantile * (double)histogram->total + 0.5), seen = 0;
    for (unsigned bucket = 0; bucket < HISTOGRAM_BUCKETS; bucket++) {
        seen += histogram->count[bucket];
        if (histogram->count[bucket] != 0 && seen >= wanted)
            return histogram_value(bucket);
    }
    return histogram->max;
}

#endif
