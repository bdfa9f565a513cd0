-- A party of a shipment writes from a free mailbox.
-- id: free_mail
-- title: An e-mail address that anybody can have
-- typology: none
-- question: 11
-- kind: context
-- innocent: Many small firms use a free mailbox.
-- misses: Domains bought for the purpose; registers without e-mail.
-- source: FinCEN FIN-2022-Alert003; EU guidance on enhanced due diligence, September 2023.
-- reason: Writes from a free mailbox: {word}.
-- tested: Nothing: many small firms use one, so that it is told beside other findings and weighs nothing.
-- rows: all of the party
SELECT
    'party'                  AS subject_kind,
    party_id                 AS subject_id,
    CAST(1000 AS INTEGER)    AS strength_bp,
    value,
    word
FROM first_papers
WHERE kind = 'free_mail'
