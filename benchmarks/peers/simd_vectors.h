/* Sixteen households at a time: AVX-512 where the machine has it, else one at a time in loops that vectorise. */
#include <math.h>
#include <stdint.h>
#include <string.h>

#define INLINE static inline __attribute__((always_inline))

#if defined(__AVX512F__) && defined(__AVX512BW__) && defined(__AVX512DQ__) && defined(__AVX512VL__)
#include <immintrin.h>
#define LANES 16
#define WIDTH "AVX-512, 16 lanes"
typedef __m512 F;
typedef __m512i W;
typedef __mmask16 M;
#define ALL ((M)0xFFFF)

INLINE F num(float x) { return _mm512_set1_ps(x); }
INLINE W whole(uint32_t x) { return _mm512_set1_epi32((int)x); }
INLINE M lt(F a, F b) { return _mm512_cmp_ps_mask(a, b, _CMP_LT_OQ); }
INLINE M le(F a, F b) { return _mm512_cmp_ps_mask(a, b, _CMP_LE_OQ); }
INLINE M eq(F a, F b) { return _mm512_cmp_ps_mask(a, b, _CMP_EQ_OQ); }
INLINE F sel(M m, F yes, F no) { return _mm512_mask_blend_ps(m, no, yes); }
INLINE M no(M m) { return (M)~m; }
INLINE M truth(int yes) { return yes ? ALL : (M)0; }
INLINE F least(F a, F b) { return _mm512_min_ps(b, a); }
INLINE F most(F a, F b) { return _mm512_max_ps(b, a); }
INLINE F minus(F a) { return _mm512_xor_ps(a, _mm512_set1_ps(-0.0f)); }
INLINE M rows_left(int n) { return n >= 16 ? ALL : (M)((1u << n) - 1u); }

/* Of a whole vector, known as such when compiling, loads and stores need no mask, which is much quicker. */
#define WHOLE(m) (__builtin_constant_p(m) && (m) == ALL)
INLINE __m128i bytes(const void *p, M m) { return WHOLE(m) ? _mm_loadu_si128(p) : _mm_maskz_loadu_epi8(m, p); }
INLINE __m256i pairs(const void *p, M m) { return WHOLE(m) ? _mm256_loadu_si256(p) : _mm256_maskz_loadu_epi16(m, p); }
INLINE F from_u8(const uint8_t *p, M m) { return _mm512_cvtepi32_ps(_mm512_cvtepu8_epi32(bytes(p, m))); }
INLINE F from_u16(const uint16_t *p, M m) { return _mm512_cvtepi32_ps(_mm512_cvtepu16_epi32(pairs(p, m))); }
INLINE F from_i16(const int16_t *p, M m) { return _mm512_cvtepi32_ps(_mm512_cvtepi16_epi32(pairs(p, m))); }
INLINE W from_u32(const uint32_t *p, M m) { return WHOLE(m) ? _mm512_loadu_si512(p) : _mm512_maskz_loadu_epi32(m, p); }
INLINE M from_bool(const uint8_t *p, M m) { return _mm_test_epi8_mask(bytes(p, m), _mm_set1_epi8(1)); }
INLINE F from_f32(const float *p) { return _mm512_loadu_ps(p); }
INLINE void to_bytes(void *p, M m, __m128i v) {
    if (WHOLE(m)) _mm_storeu_si128(p, v);
    else _mm_mask_storeu_epi8(p, m, v);
}
INLINE void to_pairs(void *p, M m, __m256i v) {
    if (WHOLE(m)) _mm256_storeu_si256(p, v);
    else _mm256_mask_storeu_epi16(p, m, v);
}
INLINE void to_u8(uint8_t *p, M m, F v) { to_bytes(p, m, _mm512_cvtepi32_epi8(_mm512_cvttps_epi32(v))); }
INLINE void to_u16(uint16_t *p, M m, F v) { to_pairs(p, m, _mm512_cvtepi32_epi16(_mm512_cvttps_epi32(v))); }
INLINE void to_i16(int16_t *p, M m, F v) { to_pairs(p, m, _mm512_cvtepi32_epi16(_mm512_cvttps_epi32(v))); }
INLINE void to_u32(uint32_t *p, M m, W v) {
    if (WHOLE(m)) _mm512_storeu_si512(p, v);
    else _mm512_mask_storeu_epi32(p, m, v);
}
INLINE void to_bool(uint8_t *p, M m, M v) { to_bytes(p, m, _mm_maskz_set1_epi8(v, 1)); }
INLINE void to_f32(float *p, F v) { _mm512_storeu_ps(p, v); }

INLINE M has(W word, int bit) { return _mm512_test_epi32_mask(word, whole(1u << bit)); }
INLINE W with_bit(W word, int bit, M m) { return _mm512_mask_or_epi32(_mm512_andnot_si512(whole(1u << bit), word), m, word, whole(1u << bit)); }
INLINE F item(const float *table, const uint32_t *at) { return _mm512_i32gather_ps(_mm512_loadu_si512(at), table, 4); }

INLINE F power_of_two(F n) { return _mm512_castsi512_ps(_mm512_slli_epi32(_mm512_add_epi32(_mm512_cvttps_epi32(n), whole(127)), 23)); }
INLINE F exponent(F x) { return _mm512_cvtepi32_ps(_mm512_sub_epi32(_mm512_srli_epi32(_mm512_castps_si512(x), 23), whole(127))); }
INLINE F mantissa(F x) {
    W bits = _mm512_and_si512(_mm512_castps_si512(x), whole(0x7FFFFF));
    return _mm512_castsi512_ps(_mm512_or_si512(bits, whole(0x3F800000)));
}
INLINE F unit_of(W w) { return (_mm512_cvtepi32_ps(_mm512_srli_epi32(w, 9)) + num(0.5f)) * num(0x1p-23f); }

/* Philox4x32-10 [Salmon2011]: words live in 64-bit lanes, low and high eight households apart; upper halves are noise. */
INLINE void philox(W id, uint32_t c1, uint32_t c2, uint32_t c3, uint32_t k0, uint32_t k1, F u[4]) {
    const W f0 = _mm512_set1_epi64(0xD2511F53u), f1 = _mm512_set1_epi64(0xCD9E8D57u);
    W a0 = _mm512_cvtepu32_epi64(_mm512_castsi512_si256(id)), b0 = _mm512_cvtepu32_epi64(_mm512_extracti64x4_epi64(id, 1));
    W a1 = _mm512_set1_epi64(c1), a2 = _mm512_set1_epi64(c2), a3 = _mm512_set1_epi64(c3), b1 = a1, b2 = a2, b3 = a3;
    for (int round = 0; round < 10; round++) {
        W ap0 = _mm512_mul_epu32(a0, f0), ap1 = _mm512_mul_epu32(a2, f1);
        W bp0 = _mm512_mul_epu32(b0, f0), bp1 = _mm512_mul_epu32(b2, f1);
        W q0 = _mm512_set1_epi64(k0), q1 = _mm512_set1_epi64(k1);
        a0 = _mm512_ternarylogic_epi32(_mm512_srli_epi64(ap1, 32), a1, q0, 0x96);
        b0 = _mm512_ternarylogic_epi32(_mm512_srli_epi64(bp1, 32), b1, q0, 0x96);
        a2 = _mm512_ternarylogic_epi32(_mm512_srli_epi64(ap0, 32), a3, q1, 0x96);
        b2 = _mm512_ternarylogic_epi32(_mm512_srli_epi64(bp0, 32), b3, q1, 0x96);
        a1 = ap1, b1 = bp1, a3 = ap0, b3 = bp0;
        k0 += 0x9E3779B9u, k1 += 0xBB67AE85u;
    }
    const W low = _mm512_setr_epi32(0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
    u[0] = unit_of(_mm512_permutex2var_epi32(a0, low, b0));
    u[1] = unit_of(_mm512_permutex2var_epi32(a1, low, b1));
    u[2] = unit_of(_mm512_permutex2var_epi32(a2, low, b2));
    u[3] = unit_of(_mm512_permutex2var_epi32(a3, low, b3));
}

/* Write the rows (first, first + 1, …) of a mask one after another; return how many. */
INLINE int listed(uint32_t *rows, M m, uint32_t first) {
    const W step = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    _mm512_storeu_si512(rows, _mm512_maskz_compress_epi32(m, _mm512_add_epi32(whole(first), step)));
    return __builtin_popcount(m);
}
#else
#define LANES 1
#define WIDTH "one lane, loops vectorised by the compiler"
typedef float F;
typedef uint32_t W;
typedef int M;
#define ALL 1

INLINE F num(float x) { return x; }
INLINE W whole(uint32_t x) { return x; }
INLINE M lt(F a, F b) { return a < b; }
INLINE M le(F a, F b) { return a <= b; }
INLINE M eq(F a, F b) { return a == b; }
INLINE F sel(M m, F yes, F no) { return m ? yes : no; }
INLINE M no(M m) { return !m; }
INLINE M truth(int yes) { return yes; }
INLINE F least(F a, F b) { return b < a ? b : a; }
INLINE F most(F a, F b) { return b > a ? b : a; }
INLINE F minus(F a) { return -a; }
INLINE M rows_left(int n) { return 1; }
INLINE F from_u8(const uint8_t *p, M m) { return (F)*p; }
INLINE F from_u16(const uint16_t *p, M m) { return (F)*p; }
INLINE F from_i16(const int16_t *p, M m) { return (F)*p; }
INLINE W from_u32(const uint32_t *p, M m) { return *p; }
INLINE M from_bool(const uint8_t *p, M m) { return *p; }
INLINE F from_f32(const float *p) { return *p; }
INLINE void to_u8(uint8_t *p, M m, F v) { *p = (uint8_t)(int32_t)v; }
INLINE void to_u16(uint16_t *p, M m, F v) { *p = (uint16_t)(int32_t)v; }
INLINE void to_i16(int16_t *p, M m, F v) { *p = (int16_t)(int32_t)v; }
INLINE void to_u32(uint32_t *p, M m, W v) { *p = v; }
INLINE void to_bool(uint8_t *p, M m, M v) { *p = (uint8_t)v; }
INLINE void to_f32(float *p, F v) { *p = v; }
INLINE M has(W word, int bit) { return word >> bit & 1; }
INLINE W with_bit(W word, int bit, M m) { return (word & ~(1u << bit)) | (W)m << bit; }
INLINE F item(const float *table, const uint32_t *at) { return table[*at]; }
INLINE float as_float(uint32_t bits) { float x; memcpy(&x, &bits, 4); return x; }
INLINE uint32_t as_bits(float x) { uint32_t bits; memcpy(&bits, &x, 4); return bits; }
INLINE F power_of_two(F n) { return as_float((uint32_t)((int32_t)n + 127) << 23); }
INLINE F exponent(F x) { return (float)((int32_t)(as_bits(x) >> 23) - 127); }
INLINE F mantissa(F x) { return as_float((as_bits(x) & 0x7FFFFF) | 0x3F800000); }
INLINE F unit_of(W w) { return ((float)(int32_t)(w >> 9) + 0.5f) * 0x1p-23f; }
INLINE void philox(W id, uint32_t c1, uint32_t c2, uint32_t c3, uint32_t k0, uint32_t k1, F u[4]) {
    uint64_t x0 = id, x1 = c1, x2 = c2, x3 = c3;
    for (int round = 0; round < 10; round++) {
        uint64_t p0 = (x0 & 0xFFFFFFFFu) * 0xD2511F53u, p1 = (x2 & 0xFFFFFFFFu) * 0xCD9E8D57u;
        x0 = (p1 >> 32) ^ x1 ^ k0, x1 = p1, x2 = (p0 >> 32) ^ x3 ^ k1, x3 = p0;
        k0 += 0x9E3779B9u, k1 += 0xBB67AE85u;
    }
    u[0] = unit_of((W)x0), u[1] = unit_of((W)x1), u[2] = unit_of((W)x2), u[3] = unit_of((W)x3);
}
INLINE int listed(uint32_t *rows, M m, uint32_t first) { *rows = first; return m; }
#endif

/* exp, log, power of cashless_sim/rules/maths.py [Moshier1992]: the same additions and multiplications. */
INLINE F exp_(F x) {
    F held = least(most(num(-87.0f), x), num(88.0f));
    F n = (held * num(1.44269504088896341f) + num(12582912.0f)) - num(12582912.0f);
    F r = held - n * num(0.693359375f);
    r = r + n * num(2.12194440e-4f);
    F p = r * num(1.9875691500e-4f) + num(1.3981999507e-3f);
    p = p * r + num(8.3334519073e-3f);
    p = p * r + num(4.1665795894e-2f);
    p = p * r + num(1.6666665459e-1f);
    p = p * r + num(5.0000001201e-1f);
    return (p * (r * r) + r + num(1.0f)) * power_of_two(n);
}

INLINE F log_(F x) {
    F held = most(num(1.17549435e-38f), x), big = mantissa(held);
    M over = lt(num(1.41421356f), big);
    F m = sel(over, big * num(0.5f), big), e = sel(over, exponent(held) + num(1.0f), exponent(held));
    F f = m - num(1.0f), ff = f * f;
    F p = f * num(7.0376836292e-2f) - num(1.1514610310e-1f);
    p = p * f + num(1.1676998740e-1f);
    p = p * f - num(1.2420140846e-1f);
    p = p * f + num(1.4249322787e-1f);
    p = p * f - num(1.6668057665e-1f);
    p = p * f + num(2.0000714765e-1f);
    p = p * f - num(2.4999993993e-1f);
    p = p * f + num(3.3333331174e-1f);
    F y = p * f * ff - e * num(2.12194440e-4f);
    return f + (y - ff * num(0.5f)) + e * num(0.693359375f);
}

INLINE F power_(F base, F by) { return exp_(by * log_(base)); }
INLINE F rounded(F x) { return (x + num(12582912.0f)) - num(12582912.0f); }
INLINE F share(F x) { /* as an int16 step of 2^-14 gives it back */
    x = least(most(num(-2.0f), x), num(32767 * 0x1p-14f));
    return rounded(x * num(16384.0f)) * num(0x1p-14f);
}
