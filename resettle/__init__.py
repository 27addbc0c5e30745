"""resettle: the service that New Zealand's refugee resettlement runs on.

One word a thing, everywhere in the code:

household      the people who live, or will live, together in New Zealand
person         anybody in a household; member is a person's dated place in one household
case           a household's way through a programme: the people submitted and decided together
programme      the rules of one way of resettling (quota, community sponsorship), in versions
stage          where a case stands in its programme; a move is the act of going on
sponsor group  the approved community organisation, with its members, vetting and deed
sponsorship    one sponsor group supporting one household
placement      a household living in a dwelling for a time
milestone      a step of settling in that is due on a day
note           what a caseworker writes about a contact
consent        one adult's decision that one recipient may know one thing
"""
