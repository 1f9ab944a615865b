/* The month of the shipped rules by hand: the same columns, draws and float32 operations as the product, in C.
 *
 * fields.h is written from the model that is compared: struct Month (arrays, tables, parameters), BIT_<flag>, and
 * U_<Rule>_<purpose>. Households of a cell stand together; a tile of them is worked out in three passes: what all
 * do, what the few who reconsider a bill do, what all do after. Draws that no household of a vector needs are left out.
 */
#include "simd_vectors.h"

#include "fields.h"

#define TILE 1024
#define BIG 12582912.0f
enum { COLLECTOR, COUNTER, AGENT, TRANSFER, AUTODEBIT, WALLET, PROXY, NONE };
enum { SPONTANEOUS = 2, PEER, GATE_OPENED, CLOSURE, SHOCK, CASH_FAILED, SEASON, OCCASION, DIGITAL_FAILED, INCENTIVE_ENDED };
enum { REGULATION = 12, NEW_PAYER, NEW_HOUSEHOLD, FIRST_CAMPAIGN = 32 };

struct Tile { /* what one pass hands to the next */
    float why[3][TILE], choice[3][TILE];
    uint8_t considers[3][TILE], slips[3][TILE], signs_up[TILE], new_payer[TILE], moved_in[TILE];
    uint32_t rows[TILE + 16];
};

static const char *width = WIDTH;
const char *how_wide(void) { return width; }

#define DRAW(u, name, block) philox(id, month, U_##name + (block), d->replicate, d->k0, d->k1, u)
#define ONCE(u, name) philox(id, 0, U_##name, d->replicate, d->k0, d->k1, u)
#define AT(name) (*d->T_##name)
#define CELL(name, b, m) d->T_##name[cell * 21 + (b) * 7 + (m)]

INLINE M any_digital(F method) { return eq(method, num(TRANSFER)) | eq(method, num(AUTODEBIT)) | eq(method, num(WALLET)); }
INLINE uint8_t least_byte(uint32_t sum) { return (sum & 1023) < 255 ? sum & 1023 : 255; }
INLINE F steps(F x) { return rounded(x * num(16384.0f)) * num(0x1p-14f); }
INLINE M has_bill(W word, int b) {
    return b == 0 ? no(has(word, BIT_tenant)) : b == 1 ? has(word, BIT_piped_water) : has(word, BIT_fixed_internet);
}
INLINE F of_touch(const struct Month *d, const float *table, int64_t k, int size, int add) {
    uint32_t at[LANES];
    if (d->touches == 1) return num(table[add]);
    for (int l = 0; l < LANES; l++) at[l] = k + l < d->n ? (uint32_t)(d->touch[k + l] * size + add) : 0;
    return item(table, at);
}
INLINE F of_code(const float *table, const uint8_t *code, int64_t k, int64_t n) {
    uint32_t at[LANES];
    for (int l = 0; l < LANES; l++) at[l] = k + l < n ? code[k + l] : 0;
    return item(table, at);
}

/* ---- what everyone does first: Turnover, Access, Awareness, Consider ------------------------------------------ */
INLINE void first_pass(const struct Month *d, struct Tile *t, int64_t k, int j, M in, int cell) {
    const uint32_t month = d->month;
    const W id = from_u32(d->ids + k, in);
    W word = from_u32(d->word_0 + k, in);
    const F zero = num(0.0f), one = num(1.0f);
    F u[4];

    F age = from_u8(d->age + k, in);
    if (AT(january) > 0.5f) age = least(age + one, num(100.0f));
    const F chance = num(d->Turnover_passing_on * AT(turnover)) * exp_(num(d->Turnover_passing_age) * (age - num(60.0f)));
    DRAW(u, Turnover_forms, 0);
    const M moved = lt(u[0], num(d->Turnover_forms * AT(turnover))) & in;
    DRAW(u, Turnover_passes, 0);
    const M several = lt(one, from_u8(d->adults + k, in)) | lt(num(75.0f), age);
    const M passed = no(moved) & lt(u[0], chance) & several & in;
    F education = from_u8(d->education + k, in);
    M smartphone = has(word, BIT_smartphone), account = has(word, BIT_account), inherits = 0, inherits_account = 0;
    M salaried = has(word, BIT_salaried), sells = has(word, BIT_online_seller);
    if (moved | passed) { /* hardly anyone */
        DRAW(u, Turnover_how_old, 0);
        const float span = d->Turnover_oldest - d->Turnover_youngest;
        const F young = num(d->Turnover_youngest) + u[0] * num(span > 0.0f ? span : 0.0f);
        age = sel(moved, rounded(least(most(young, zero), num(255.0f))), age);
        const F younger = most(age - num(d->Turnover_years_younger), num(20.0f));
        age = sel(passed, rounded(least(younger, num(255.0f))), age);
        salaried &= no(moved), sells &= no(moved);
        DRAW(u, Turnover_who, 0);
        to_u8(d->sex + k, moved | passed, sel(lt(u[0], num(0.5f)), one, zero));
        education = sel(moved | passed, least(education + one, num(4.0f)), education);
        to_u8(d->education + k, moved | passed, education);
        DRAW(u, Access_inherits, 0);
        inherits = (moved | passed) & lt(u[0], num(d->Access_young_smartphone));
        inherits_account = (moved | passed) & lt(u[0], num(d->Access_young_account));
    }
    if (AT(january) > 0.5f || (moved | passed)) to_u8(d->age + k, in, age);
    if (AT(wage_growth) > 0.0f) {
        DRAW(u, Turnover_wage, 0);
        salaried |= lt(age, num(60.0f)) & lt(u[0], num(AT(wage_growth)));
    }
    if (AT(selling_growth) > 0.0f) {
        DRAW(u, Turnover_sells, 0);
        sells |= smartphone & lt(u[0], num(AT(selling_growth)));
    }

    M wallet = has(word, BIT_wallet) & no(moved), mobile = has(word, BIT_mobile_money) & no(moved);
    M transacts = has(word, BIT_transacts) & no(moved);
    smartphone = (smartphone & no(moved)) | inherits, account = (account & no(moved)) | inherits_account;
    const F income = from_u16(d->income + k, in);
    const F richer = log_(most(income * num(AT(income_level)), num(100.0f)) / num(d->Access_reference_income));
    const float friction = 1.0f - d->Access_sim_friction * AT(sim_check);
    M opened = 0;
    if (no(smartphone) & in) {
        DRAW(u, Access_phone, 0);
        const F eager = exp_(num(d->Access_smartphone_age) * (age - num(40.0f)) + num(0.5f) * richer);
        opened = no(smartphone) & lt(u[0], num(d->Access_smartphone_hazard * friction) * eager);
        smartphone |= opened;
    }
    const F occasion = from_u8(d->occasion + k, in);
    if (no(account) & in) {
        const F easier = one + num((d->Access_ekyc_factor - 1.0f) * AT(ekyc)) * sel(smartphone, one, zero);
        F pull = of_code(d->T_drive, d->bank, k, d->n) * sel(salaried, num(d->Access_account_salaried), one);
        pull = pull * sel(sells, num(1.5f), one);
        const F schooled = num(d->Access_account_schooling) * (education - num(2.0f));
        const F eager = exp_(num(d->Access_account_income) * richer + schooled);
        DRAW(u, Access_opens, 0);
        M opens = lt(u[0], num(d->Access_account_hazard) * easier * pull * eager);
        DRAW(u, Access_visit, 0);
        const F visit = of_touch(d, d->T_opens, k, 1, 0) * num(AT(ekyc));
        opens |= lt(u[0], visit * sel(has(word, BIT_chip_id), one, num(0.3f)));
        opens |= eq(occasion, one) & lt(u[0], num(d->Access_account_benefit));
        opens &= no(account);
        account |= opens, opened |= opens;
    }
    float offered = d->Access_mobile_money_hazard * AT(mobile_money_open);
    offered = offered * (1.0f + (d->Access_permanent_factor - 1.0f) * AT(mobile_money_permanent));
    if (offered > 0.0f) {
        DRAW(u, Access_registers, 0);
        const M registers = no(mobile) & has(word, BIT_sim_own) & lt(u[0], num(offered));
        mobile |= registers, opened |= registers;
    }
    if (no(wallet) & smartphone & account & in) {
        DRAW(u, Access_links, 0);
        wallet |= smartphone & account & lt(u[0], num(d->Access_wallet_hazard));
    }
    F method[3];
    for (int b = 0; b < 3; b++) {
        method[b] = from_u8(d->method[b] + k, in);
        wallet |= eq(method[b], num(WALLET)) & account & no(moved);
    }
    const M paid_digitally = has(word, BIT_pays_digitally);
    const M gate = (smartphone & account) | mobile;
    transacts |= paid_digitally & no(moved);
    if (no(transacts) & gate & in) {
        DRAW(u, Access_starts, 0);
        transacts |= gate & lt(u[0], num(d->Access_transacts_hazard) * exp_(num(0.5f) * richer));
    }

    /* Awareness */
    const F paying = from_u8(d->n_paying + k, in), loud = paying + from_u8(d->n_spreading + k, in);
    const F quiet = most(from_u8(d->n_informed + k, in) - loud, zero);
    const F silent = power_(num(1.0f - d->Awareness_tell), loud) * power_(num(1.0f - d->Awareness_tell_informed), quiet);
    DRAW(u, Awareness_hears, 0);
    const F informed = of_touch(d, d->T_informed, k, 1, 0);
    const M campaign = lt(num(0.5f), informed);
    M told = lt(u[0], one - silent) | campaign;
    M bank = has(word, BIT_aware_bank) & no(moved), app = has(word, BIT_aware_wallet) & no(moved);
    F heard = from_u16(d->heard_from + k, in);
    heard = sel(moved, zero, heard);
    if (bank & no(transacts) & in) {
        DRAW(u, Awareness_forgets, 0);
        const M forgets = bank & no(transacts) & lt(u[0], num(d->Awareness_forget));
        bank &= no(forgets), app &= no(forgets);
    }
    ONCE(u, Awareness_reachable);
    told &= lt(num(d->Awareness_unreachable), u[0]);
    const F teller = sel(campaign, of_touch(d, d->T_teller, k, 1, 0), num(PEER));
    heard = sel(told & eq(heard, zero), teller, heard);
    bank |= told;
    if (told & no(app) & in) {
        DRAW(u, Awareness_which, 0);
        app |= told & lt(u[0], num(0.6f));
    }
    bank |= transacts, app |= transacts;
    ONCE(u, Awareness_reserve);
    const M spreads = lt(u[0], num(d->Awareness_talkers)) & bank & (moved | no(paid_digitally));
    to_u16(d->heard_from + k, in, heard);
    word = with_bit(word, BIT_salaried, salaried), word = with_bit(word, BIT_online_seller, sells);
    word = with_bit(word, BIT_smartphone, smartphone), word = with_bit(word, BIT_account, account);
    word = with_bit(word, BIT_wallet, wallet), word = with_bit(word, BIT_mobile_money, mobile);
    word = with_bit(word, BIT_transacts, transacts), word = with_bit(word, BIT_aware_bank, bank);
    word = with_bit(word, BIT_aware_wallet, app), word = with_bit(word, BIT_spreads, spreads);
    to_u32(d->word_0 + k, in, word);

    /* Consider: the triggers of those who pay in cash; a hazard of nothing cannot win within the month */
    const F never = num(1e-12f), ties = from_u8(d->degree + k, in);
    const F among = paying / most(ties, one);
    F race[8], first = one, why = zero, time;
    DRAW(race, Consider_race, 0);
    DRAW(race + 4, Consider_race, 1);
#define TRIGGER(t, hazard, code) \
    time = minus(log_(race[t])) / most(hazard, never); \
    why = sel(lt(time, first), code, why), first = sel(lt(time, first), time, first)
    TRIGGER(0, num(d->Consider_spontaneous), num(SPONTANEOUS));
    TRIGGER(1, num(d->Consider_by_peers) * among, num(PEER));
    M signs_up = 0;
    F signer = zero;
    if (d->touches > 1) {
        const F times = most(from_u8(d->contacts + k, in) - one, zero);
        const F fresh = power_(num(1.0f - d->Consider_fatigue), times);
        const F nudged = of_touch(d, d->T_nudged, k, 1, 0) * fresh;
        TRIGGER(2, nudged, from_u16(d->reached_by + k, in));
        DRAW(u, Consider_assisted, 0);
        signs_up = lt(u[0], of_touch(d, d->T_offered, k, 1, 0) * fresh);
        signer = of_touch(d, d->T_signer, k, 1, 0);
    }
    if (opened & in) { TRIGGER(3, sel(opened, num(d->Consider_by_gate), zero), num(GATE_OPENED)); }
    const float shock = d->Consider_spontaneous * d->Consider_covid_factor * AT(covid);
    if (shock > 0.0f) { TRIGGER(4, num(shock), num(SHOCK)); }
    if (d->T_season[0] > 1.3f) { TRIGGER(5, num(d->Consider_by_season), num(SEASON)); }
    const M happened = lt(zero, occasion);
    if (happened & in) { TRIGGER(6, sel(happened, num(d->Consider_by_occasion), zero), num(OCCASION)); }
    const F remote = from_i16(d->remote + k, in) * num(0x1p-14f);
    F late[3];
    M owing = 0, own = 0, is_digital[3], bill[3];
    for (int b = 0; b < 3; b++) {
        late[b] = from_u8(d->late[b] + k, in);
        bill[b] = has_bill(word, b) & in, is_digital[b] = any_digital(method[b]) & no(moved) & bill[b];
        owing |= lt(zero, late[b]) & bill[b], own |= is_digital[b];
    }
    F failing[4] = {num(1e9f), num(1e9f), num(1e9f)}, leaving = zero, ending = zero, verifying = num(1e9f);
    if (owing) {
        DRAW(failing, Consider_failed, 0);
        for (int b = 0; b < 3; b++) failing[b] = minus(log_(failing[b]));
    }
    if (own) {
        DRAW(u, Consider_leaves, 0);
        leaving = minus(log_(u[0]));
        DRAW(u, Consider_ends, 0);
        ending = minus(log_(u[0]));
        if (AT(verified_only) > 0.0f) {
            DRAW(u, Consider_verifies, 0);
            verifying = minus(log_(u[0])) / most(num(d->Consider_by_verification * AT(verified_only)), never);
        }
    }
    for (int b = 0; b < 3; b++) {
        M open = 0, considers = moved, slips = 0;
        const F failed = failing[b] / most(sel(lt(zero, late[b]), num(d->Consider_by_failure), zero), never);
        F cause = num(NEW_HOUSEHOLD), choice = method[b];
        if (is_digital[b]) {
            F soonest = num(1e9f), reason = num(SPONTANEOUS);
            if (d->Consider_anew > 0.0f) soonest = minus(log_(race[0])) / num(d->Consider_anew);
            reason = sel(lt(verifying, soonest), num(REGULATION), reason), soonest = sel(lt(verifying, soonest), verifying, soonest);
            reason = sel(lt(failed, soonest), num(DIGITAL_FAILED), reason), soonest = sel(lt(failed, soonest), failed, soonest);
            const F habit = from_i16(d->habit[b] + k, in) * num(0x1p-14f);
            const F won = sel(le(num(FIRST_CAMPAIGN), from_u16(d->cause[b] + k, in)), one, num(0.5f));
            const F early = sel(lt(habit, num(0.4f)), one + num(d->Consider_first_months) * won, one);
            const M by_hand = no(eq(method[b], num(AUTODEBIT)));
            const F standing = sel(by_hand, one, num(d->Consider_standing));
            const F drift = num(d->Consider_leave) * early * standing * (one - num(d->Consider_kept_by_habit) * habit);
            time = leaving / most(drift, never);
            slips = lt(time, soonest);
            reason = sel(slips, num(SPONTANEOUS), reason), soonest = sel(slips, time, soonest);
            const M drawn = from_bool(d->drawn[b] + k, in) & by_hand & is_digital[b];
            if (drawn) {
                uint32_t at[LANES];
                for (int l = 0; l < LANES; l++) at[l] = k + l < d->n && d->method[b][k + l] < 7 ? d->touch[k + l] * 7u + d->method[b][k + l] : 0;
                time = ending / most(sel(drawn & le(item(d->T_incentive, at), zero), num(d->Consider_by_incentive_end), zero), never);
                const M ends = lt(time, soonest);
                slips |= ends;
                reason = sel(ends, num(INCENTIVE_ENDED), reason), soonest = sel(ends, time, soonest);
            }
            const M soon = lt(soonest, one) & is_digital[b];
            slips &= soon, considers |= soon;
            cause = sel(is_digital[b], reason, cause);
        }
        M hand = no(moved) & no(is_digital[b]), quick = lt(failed, first);
        considers |= hand & lt(sel(quick, failed, first), one);
        F said = sel(quick, num(CASH_FAILED), why);
        const M cut = from_bool(d->cut[b] + k, in);
        said = sel(cut, num(CASH_FAILED), said), said = sel(passed, num(NEW_PAYER), said), said = sel(signs_up, signer, said);
        considers |= hand & (cut | passed | signs_up);
        for (int m = COLLECTOR; m <= AGENT; m++) {
            const float handover = CELL(handover, b, m);
            const M closed = eq(method[b], num(m)) & no(lt(remote, num(CELL(points, b, m))));
            if (handover == 0.0f) open |= closed;
            else if (handover > 0.0f) choice = sel(closed, num(handover - 1.0f), choice);
        }
        said = sel(open, num(CLOSURE), said), considers |= hand & open;
        to_f32(t->why[b] + j, sel(hand, said, cause)), to_f32(t->choice[b] + j, choice);
        to_bool(t->considers[b] + j, ALL, considers & bill[b]), to_bool(t->slips[b] + j, ALL, slips);
    }
    to_bool(t->signs_up + j, ALL, signs_up), to_bool(t->new_payer + j, ALL, passed), to_bool(t->moved_in + j, ALL, moved);
}

/* ---- what the few who reconsider bill b do: Choose ------------------------------------------------------------- */
struct Few {
    uint32_t id[LANES], word[LANES], touch[LANES];
    uint8_t age[LANES], paying[LANES], degree[LANES], method[3][LANES], cut[LANES], slips[LANES], signs_up[LANES], moved_in[LANES];
    uint8_t bank[LANES], provider[LANES];
    uint16_t income[LANES];
    int16_t habit[LANES], skill[LANES], trust[LANES], remote[LANES];
    float why[LANES], choice[LANES];
    uint8_t drawn[LANES];
};

INLINE void bring(const struct Month *d, const struct Tile *t, struct Few *f, int b, int64_t first, const uint32_t *rows) {
    for (int l = 0; l < LANES; l++) {
        const uint32_t j = rows[l];
        const int64_t k = first + j;
        f->id[l] = d->ids[k], f->word[l] = d->word_0[k], f->touch[l] = d->touch[k] * 7u;
        f->age[l] = d->age[k], f->paying[l] = d->n_paying[k], f->degree[l] = d->degree[k];
        for (int c = 0; c < 3; c++) f->method[c][l] = d->method[c][k];
        f->cut[l] = d->cut[b][k], f->bank[l] = d->bank[k], f->provider[l] = d->provider[k], f->income[l] = d->income[k];
        f->habit[l] = d->habit[b][k], f->skill[l] = d->skill[k], f->trust[l] = d->trust[k], f->remote[l] = d->remote[k];
        f->slips[l] = t->slips[b][j], f->signs_up[l] = t->signs_up[j], f->moved_in[l] = t->moved_in[j], f->why[l] = t->why[b][j];
    }
}

INLINE void choose(const struct Month *d, struct Few *f, int b, int cell) {
    const uint32_t month = d->month;
    const W id = from_u32(f->id, ALL), word = from_u32(f->word, ALL);
    const F zero = num(0.0f), one = num(1.0f), tick = num(0x1p-14f);
    F luck[12];
    for (int q = 0; q < 3; q++)
        if (b * 7 / 4 + q <= (b * 7 + 6) / 4) DRAW(luck + 4 * q, Choose_race, b * 7 / 4 + q);
    const M smartphone = has(word, BIT_smartphone), account = has(word, BIT_account), mobile = has(word, BIT_mobile_money);
    const M slips = from_bool(f->slips, ALL), signs_up = from_bool(f->signs_up, ALL), moved = from_bool(f->moved_in, ALL);
    const F skill = from_i16(f->skill, ALL) * tick, trust = from_i16(f->trust, ALL) * tick, habit = from_i16(f->habit, ALL) * tick;
    const F minute = from_u16(f->income, ALL) * num(AT(income_level)) * num(d->Choose_value_of_time);
    const F paying = from_u8(f->paying, ALL), remote = from_i16(f->remote, ALL) * tick;
    F pull = zero;
    if (d->Choose_imitation == 1.0f) pull = num(d->Choose_peer_slope) * least(paying, num(6.0f));
    else if (d->Choose_imitation == 2.0f) pull = sel(le(num(2.0f), paying), num(d->Choose_peer_slope * 4.0f), zero);
    else if (d->Choose_imitation == 3.0f) pull = num(d->Choose_belief) * (paying / most(from_u8(f->degree, ALL), one));
    F own = num(d->Choose_digital) + num(d->Choose_ease) * (skill - num(0.5f)) + num(d->Choose_trusting) * (trust - num(0.5f));
    own = own + pull + num(d->Choose_covid_pull * AT(covid));
    M another = 0;
    for (int c = 0; c < 3; c++)
        if (c != b) another |= any_digital(from_u8(f->method[c], ALL));
    const F helps = sel(another & no(moved), num(d->Choose_complement), zero);
    const F face = sel(le(num(60.0f), from_u8(f->age, ALL)), num(d->Choose_biometric_cost * AT(biometric)), zero);
    const F hurdle = num(d->Choose_set_up_cost) + face;
    const F used = from_u8(f->method[b], ALL), habitual = num(d->Choose_habit_pull) * habit;
    F best = num(INFINITY), unpaid = best, choice = num(NONE);
    M for_money = 0, unpaid_digital = 0;
    for (int m = COLLECTOR; m <= PROXY; m++) {
        const int is_digital = m >= TRANSFER && m <= WALLET;
        M open = truth(CELL(accepted, b, m) > 0.5f);
        if (m == TRANSFER) open &= account & smartphone & has(word, BIT_aware_bank);
        else if (m == AUTODEBIT) open &= account & has(word, BIT_aware_bank);
        else if (m == WALLET) open &= has(word, BIT_aware_wallet) & ((smartphone & account) | mobile);
        else if (m == PROXY) open &= has(word, BIT_helper) | from_bool(f->cut, ALL);
        else open &= lt(remote, num(CELL(points, b, m)));
        if (is_digital) open &= no(slips);
        if (!open) continue;
        F fee = num(CELL(fee, b, m));
        if (m == WALLET) fee = fee + of_code(d->T_provider_fee, f->provider, 0, LANES);
        if (m == TRANSFER || m == AUTODEBIT) fee = fee + of_code(d->T_bank_fee, f->bank, 0, LANES);
        const F money = (fee + num(CELL(minutes, b, m)) * minute) * num(0.001f);
        F value = num(d->Choose_constant[m]) - num(d->Choose_price) * money, incentive = zero;
        value = value + sel(eq(used, num(m)) & no(moved), habitual, zero);
        if (m <= AGENT) value = value - num(d->Choose_covid_pull * 0.5f * AT(covid));
        if (is_digital) {
            uint32_t at[LANES];
            for (int l = 0; l < LANES; l++) at[l] = f->touch[l] + m;
            incentive = d->touches == 1 ? num(d->T_incentive[m]) : item(d->T_incentive, at);
            const M ready = m == WALLET ? has(word, BIT_wallet) | mobile : has(word, BIT_transacts);
            value = value + (own + incentive + helps) - sel(no(ready) & no(signs_up), hurdle, zero);
        }
        F time = minus(log_(luck[b * 7 + m - b * 7 / 4 * 4])) * exp_(minus(value));
        if (!is_digital) time = sel(signs_up, time * num(1e9f), time);
        const M wins = open & lt(time, best);
        best = sel(wins, time, best), choice = sel(wins, num(m), choice);
        for_money = (for_money & no(wins)) | (wins & lt(zero, incentive));
        F plain = time;
        if (is_digital) plain = time * exp_(incentive);
        const M leads = open & lt(plain, unpaid);
        unpaid = sel(leads, plain, unpaid), unpaid_digital = (unpaid_digital & no(leads)) | (is_digital ? leads : 0);
    }
    const M drawn = for_money & (no(unpaid_digital) | le(num(FIRST_CAMPAIGN), from_f32(f->why)));
    to_f32(f->choice, choice), to_bool(f->drawn, ALL, any_digital(choice) & drawn);
}

INLINE void few(const struct Month *d, struct Tile *t, int b, int64_t first, int m, int cell) {
    int many = 0;
    for (int j = 0; j < m; j += LANES) many += listed(t->rows + many, from_bool(t->considers[b] + j, rows_left(m - j)), j);
    for (int i = 0; i < many; i += LANES) {
        struct Few f;
        for (int l = many; l < i + LANES; l++) t->rows[l] = t->rows[many - 1];
        bring(d, t, &f, b, first, t->rows + i);
        choose(d, &f, b, cell);
        for (int l = 0; l < LANES; l++) t->choice[b][t->rows[i + l]] = f.choice[l], d->drawn[b][first + t->rows[i + l]] = f.drawn[l];
    }
}

/* ---- what everyone does then: Pay, Learn, Occasions ------------------------------------------------------------- */
INLINE F electricity(const struct Month *d, F kwh) {
    const float *tariff = d->T_tariff;
    const F used = kwh * num(d->T_season[0]), zero = num(0.0f), fifty = num(50.0f), hundred = num(100.0f);
    F sum = least(used, fifty) * num(tariff[0]) + least(most(used - fifty, zero), fifty) * num(tariff[1]);
    sum = sum + least(most(used - hundred, zero), hundred) * num(tariff[2]);
    sum = sum + least(most(used - num(200.0f), zero), hundred) * num(tariff[3]);
    sum = sum + least(most(used - num(300.0f), zero), hundred) * num(tariff[4]);
    return sum + most(used - num(400.0f), zero) * num(tariff[5]);
}

INLINE void last_pass(const struct Month *d, const struct Tile *t, int64_t k, int j, M in, int cell) {
    const uint32_t month = d->month;
    const W id = from_u32(d->ids + k, in);
    W word = from_u32(d->word_0 + k, in);
    const F zero = num(0.0f), one = num(1.0f), never = num(255.0f), most16 = num(65535.0f);
    const F now = num(AT(tick) < 255.0f ? AT(tick) : 255.0f);
    const M moved = from_bool(t->moved_in + j, in), passed = from_bool(t->new_payer + j, in);
    F skill = from_i16(d->skill + k, in) * num(0x1p-14f), trust = from_i16(d->trust + k, in) * num(0x1p-14f);
    F first_cause = from_u16(d->first_cause + k, in), first_month = from_u8(d->first_month + k, in);
    F left = from_u16(d->left_because + k, in), lapse = from_u8(d->lapse_month + k, in);
    const M gone = moved & lt(zero, first_cause);
    first_cause = sel(moved, zero, first_cause), first_month = sel(moved, zero, first_month);
    left = sel(moved, zero, left), lapse = sel(moved, zero, lapse);
    const F slip = num(d->Pay_error) * (one - skill);
    const F bank_error = of_code(d->T_bank_error, d->bank, k, d->n), provider_error = of_code(d->T_provider_error, d->provider, k, d->n);
    F fails[4], again[4];
    DRAW(fails, Pay_fails, 0);
    DRAW(again, Pay_again, 0);
    M any = 0, stumbled = 0;
    for (int b = 0; b < 3; b++) {
        const M bill = has_bill(word, b) & in;
        const F choice = from_f32(t->choice[b] + j), why = from_f32(t->why[b] + j);
        F owed = from_u16(d->owed[b] + k, in), late = from_u8(d->late[b] + k, in), failures = from_u8(d->failures[b] + k, in);
        F began = from_u8(d->began[b] + k, in), cause = from_u16(d->cause[b] + k, in), months = from_u8(d->months_since_digital[b] + k, in);
        F method = from_u8(d->method[b] + k, in);
        const F settled = sel(moved, owed, zero);
        M cut = from_bool(d->cut[b] + k, in) & no(moved);
        owed = sel(moved, zero, owed), late = sel(moved, zero, late), failures = sel(moved, zero, failures);
        began = sel(moved, zero, began), cause = sel(moved, zero, cause), months = sel(moved, never, months);
        const M was = any_digital(method) & no(moved), is = any_digital(choice), none = eq(choice, num(NONE));
        F chance = sel(lt(zero, late), num(d->Pay_late_cash * (1.0f - d->Pay_notice)), num(d->Pay_late_cash));
        chance = sel(none, one, chance);
        if (is & in) {
            const F wallet = num(d->Pay_wallet_fails + CELL(outage, b, WALLET)) + provider_error + slip;
            const F transfer = num(d->Pay_transfer_fails + CELL(outage, b, TRANSFER)) + bank_error + slip;
            const F standing = num(d->Pay_standing_fails + CELL(outage, b, AUTODEBIT)) + bank_error + slip * num(0.2f);
            chance = sel(eq(choice, num(WALLET)), least(wallet, one), chance);
            chance = sel(eq(choice, num(TRANSFER)), least(transfer, one), chance);
            chance = sel(eq(choice, num(AUTODEBIT)), least(standing, one), chance);
        }
        const M failed = lt(fails[b], chance), unpaid = failed & (lt(num(d->Pay_retry), again[b]) | none | no(is));
        failures = sel(failed & is & bill, least(failures + one, never), failures);
        left = sel(was & no(is) & bill, why, left);
        const M changed = ((no(eq(choice, method)) & no(none)) | moved) & bill;
        method = sel(bill & moved, num(COUNTER), method), method = sel(bill & no(none), choice, method);
        cause = sel(is & changed & eq(months, never), why, cause);
        F amount = b == 0 ? electricity(d, from_u16(d->kwh + k, in)) : num(d->T_price[b] * d->T_season[b]);
        amount = least(most(rounded(amount * num(0.001f)), one), most16);
        const F billed = sel(cut, zero, amount), due = owed + billed;
        const F paid = sel(unpaid, settled, least(settled + due, most16));
        owed = sel(bill, sel(unpaid, least(due, most16), zero), owed);
        late = sel(bill, sel(unpaid, least(late + one, never), zero), late);
        cut = (bill & le(num(d->Pay_cut_after), late)) | (no(bill) & cut);
        const M pays = bill & is & no(unpaid);
        any |= pays;
        began = sel(pays & eq(months, never), now, began);
        const M newly = pays & eq(first_cause, zero);
        first_cause = sel(newly, cause, first_cause), first_month = sel(newly, now, first_month);
        const M older = bill & no(pays) & lt(months, never);
        const F month_more = least(months + one, num(254.0f));
        const M lapses = older & eq(month_more, num(3.0f));
        months = sel(pays, zero, sel(older, month_more, months));
        left = sel(lapses & is, num(DIGITAL_FAILED), left), lapse = sel(lapses, now, lapse);
        to_u8(d->method[b] + k, in, method), to_u8(d->late[b] + k, in, late), to_u8(d->failures[b] + k, in, failures);
        to_u8(d->began[b] + k, in, began), to_u8(d->months_since_digital[b] + k, in, months);
        to_u16(d->billed[b] + k, in, sel(bill, billed, from_u16(d->billed[b] + k, in)));
        to_u16(d->paid[b] + k, in, sel(bill, paid, from_u16(d->paid[b] + k, in)));
        to_u16(d->owed[b] + k, in, owed);
        to_bool(d->cut[b] + k, in, cut), to_u16(d->cause[b] + k, in, cause);
        stumbled |= bill & lt(zero, late);
        const F habit = from_i16(d->habit[b] + k, in) * num(0x1p-14f);
        const F grown = sel(changed, zero, steps(habit + num(d->Learn_habit_up) * (one - habit)));
        to_i16(d->habit[b] + k, in, sel(bill, grown, habit) * num(16384.0f));
    }
    to_u16(d->first_cause + k, in, first_cause), to_u8(d->first_month + k, in, first_month);
    to_u16(d->left_because + k, in, left), to_u8(d->lapse_month + k, in, lapse);
    word = with_bit(word, BIT_pays_digitally, any), word = with_bit(word, BIT_gone, gone);
    to_u32(d->word_0 + k, in, word);

    /* Learn */
    const F occasion = from_u8(d->occasion + k, in), half = num(0.5f);
    const M transacts = has(word, BIT_transacts);
    if (moved | passed) {
        skill = sel(passed, steps(skill + num(d->Learn_young_skill) * (one - skill)), skill);
        trust = sel(passed, steps(trust + half * (half - trust)), trust);
        skill = sel(moved, steps(num(d->Learn_young_skill)), skill), trust = sel(moved, half, trust);
    }
    if (d->touches > 1) skill = steps(skill + of_touch(d, d->T_taught, k, 1, 0) * (one - skill));
    skill = sel(lt(zero, occasion), steps(skill + num(d->Learn_occasion_up) * (one - skill)), skill);
    const F faded = sel(transacts, skill, steps(skill - num(d->Learn_skill_fades) * skill));
    skill = sel(any, steps(skill + num(d->Learn_skill_up) * (one - skill)), faded);
    const F moves = sel(stumbled, num(-d->Learn_trust_down) * trust, num(d->Learn_trust_up) * (one - trust));
    trust = sel(any, steps(trust + moves), trust);
    F u[4];
    if (AT(scam) > 0.0f) {
        DRAW(u, Learn_hears, 0);
        trust = sel(lt(u[0], num(AT(scam))), steps(trust - num(d->Learn_scam_drop) * trust), trust);
    }
    trust = steps(least(most(trust + of_touch(d, d->T_reassured, k, 1, 0), zero), one));
    to_i16(d->skill + k, in, skill * num(16384.0f)), to_i16(d->trust + k, in, trust * num(16384.0f));

    /* Occasions */
    F kept = zero;
    const F age = from_u8(d->age + k, in);
    if (AT(gifts) > 0.0f) {
        DRAW(u, Occasions_gift, 0);
        kept = sel(transacts & lt(u[0], num(AT(gifts))), num(4.0f), kept);
    }
    if (AT(public_services) > 0.0f) {
        DRAW(u, Occasions_desk, 0);
        const M can = has(word, BIT_account) | has(word, BIT_mobile_money);
        kept = sel(can & lt(u[0], num(AT(public_services))), num(3.0f), kept);
    }
    if (AT(school_fees) > 0.0f) {
        DRAW(u, Occasions_fee, 0);
        const M family = le(num(3.0f), from_u8(d->size + k, in)) & lt(age, num(60.0f));
        kept = sel(family & lt(u[0], num(AT(school_fees))), num(2.0f), kept);
    }
    if (AT(benefits) > 0.0f) {
        DRAW(u, Occasions_benefit, 0);
        const M likely = le(num(d->Occasions_benefit_age), age) | lt(from_u16(d->income + k, in), num(d->Occasions_poor_below));
        kept = sel(likely & lt(u[0], num(AT(benefits))), one, kept);
    }
    to_u8(d->occasion + k, in, kept);
}

/* ---- the month --------------------------------------------------------------------------------------------------- */
void households(const struct Month *given) {
    static _Thread_local struct Tile t;
    const struct Month here = *given, *d = &here; /* a copy that no store can touch */
    for (int64_t first = 0; first < d->n;) {
        int m = 1;
        const int cell = d->cell[first];
        while (m < TILE && first + m < d->n && d->cell[first + m] == cell) m++;
        int j = 0;
        for (; j + LANES <= m; j += LANES) first_pass(d, &t, first + j, j, ALL, cell);
        if (j < m) first_pass(d, &t, first + j, j, rows_left(m - j), cell);
        for (int b = 0; b < 3; b++) few(d, &t, b, first, m, cell);
        for (j = 0; j + LANES <= m; j += LANES) last_pass(d, &t, first + j, j, ALL, cell);
        if (j < m) last_pass(d, &t, first + j, j, rows_left(m - j), cell);
        first += m;
    }
}

/* How many contacts pay so, know, and talk: one running sum over all ties, three counts of ten bits in a word. */
void contacts(const struct Month *d) {
    enum { BLOCK = 1024 };
    static _Thread_local uint32_t sums[BLOCK * 64 + 1];
    for (int64_t k = 0; k < d->n; k++) {
        const uint32_t w = d->word_0[k];
        d->marks[k] = (w >> BIT_pays_digitally & 1) | (w >> BIT_spreads & 1) << 10 | (w >> BIT_aware_bank & 1) << 20;
    }
    for (int64_t first = 0; first < d->n; first += BLOCK) {
        const int64_t last = first + BLOCK < d->n ? first + BLOCK : d->n, from = d->indptr[first];
        if (d->indptr[last] - from > BLOCK * 64) { /* more ties than the sums can hold: row by row */
            for (int64_t k = first; k < last; k++) {
                uint32_t sum = 0;
                for (int64_t e = d->indptr[k]; e < d->indptr[k + 1]; e++) sum += d->marks[d->indices[e]];
                d->n_paying[k] = least_byte(sum), d->n_spreading[k] = least_byte(sum >> 10), d->n_informed[k] = least_byte(sum >> 20);
            }
            continue;
        }
        uint32_t sum = 0;
        sums[0] = 0;
        for (int64_t e = from; e < d->indptr[last]; e++) sums[e - from + 1] = sum += d->marks[d->indices[e]];
        for (int64_t k = first; k < last; k++) {
            const uint32_t own = sums[d->indptr[k + 1] - from] - sums[d->indptr[k] - from];
            d->n_paying[k] = least_byte(own), d->n_spreading[k] = least_byte(own >> 10), d->n_informed[k] = least_byte(own >> 20);
        }
    }
}
