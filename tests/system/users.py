"""Those whom the gateway of the tests knows."""

from tests.system.gateway import User

OWNER = User("owner")
OTHER = User("other")
# Numbers of accounts as the policies of Amazon S3 name them.
LANDLORD = User("landlord", "111111111111")
COLLEAGUE = User("colleague", "111111111111")
STRANGER = User("stranger", "222222222222")
PASSER_BY = User("passer-by", "333333333333")
EVERYBODY = (OWNER, OTHER, LANDLORD, COLLEAGUE, STRANGER, PASSER_BY)
