-- What is compared of each cell of the statistics, in no order: to sort them first would cost more than all else.
SELECT period, reporter, partner, flow, hs_code, value_usd, source
FROM trade_flows
