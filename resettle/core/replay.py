"""The same request sent again has one effect and gets the first answer again.

A key belongs to one user. The claim is a short transaction of its own, so that a second request
which comes while the first is running is told so; the answer is kept with the work itself.
"""

import hashlib
import hmac
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar, cast
from uuid import UUID

from sqlalchemy import LargeBinary, Table, UniqueConstraint, and_, bindparam, select
from sqlalchemy.orm import Mapped, mapped_column

from resettle.core.actor import Actor
from resettle.core.classes import OPS, SECRET, Held
from resettle.core.crypto import Keyring, seal, unseal
from resettle.core.db import INSERTS, Entity
from resettle.core.errors import Conflict, Invalid

if TYPE_CHECKING:
    from resettle.core.work import Transactions, UnitOfWork

RUNNING = "The same request is still being worked on."
ABANDONED = timedelta(minutes=2)
# Whose data key seals kept answers: nobody's, so that they outlive no person by much.
ANSWERS = UUID(int=0)


class InProgress(Conflict):
    slug = "in-progress"


class KeyReused(Invalid):
    slug = "idempotency-reuse"


class Answer(Entity):
    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("user_id", "key"),)
    held = Held(about="user_id", kept="answer", export="never")
    audited: ClassVar[bool] = False

    user_id: Mapped[UUID] = mapped_column(info=OPS)
    key: Mapped[str] = mapped_column(info=OPS)
    request_hash: Mapped[str] = mapped_column(info=OPS)
    claimed_at: Mapped[datetime] = mapped_column(index=True, info=OPS)
    status: Mapped[int | None] = mapped_column(info=OPS)
    # The answer may hold personal data: it is sealed under the service's own key.
    body: Mapped[bytes | None] = mapped_column(LargeBinary, info=SECRET)
    location: Mapped[str | None] = mapped_column(info=OPS)


def request_hash(transactions: "Transactions", route: str, body: bytes) -> str:
    """Give the fingerprint of a request, keyed so that its content cannot be guessed from it."""
    key = transactions.resources[Keyring].index_key
    return hmac.new(key, route.encode() + b"\0" + body, hashlib.sha256).hexdigest()


def claim(transactions: "Transactions", actor: Actor, key: str, hash_: str) -> Answer | None:
    """Claim the key, or give the kept answer of the request that had it.

    Raises InProgress while that request is running, KeyReused if it was another request.
    """
    with transactions.begin(actor, "request:claim") as uow:
        connection = uow.session.connection()
        mine = {"id": _id_of(uow, actor, key), "user_id": actor.user_id, "key": key}
        row = {**mine, "request_hash": hash_, "claimed_at": uow.now}
        # Of two at once the second waits here, and finds the claim of the first.
        if connection.execute(CLAIMS[connection.dialect.name], row).first() is not None:
            return None
        found = _kept(uow, actor, key, to_answer=True)
        if found is None:
            raise InProgress(RUNNING)
        return _judged(uow, found, hash_)


def _id_of(uow: "UnitOfWork", actor: Actor, key: str) -> UUID:
    """Name the answer to a user's key, so that it is found without a look."""
    assert actor.user_id is not None
    said = actor.user_id.bytes + key.encode()
    return UUID(bytes=hmac.new(uow.use(Keyring).index_key, said, hashlib.sha256).digest()[:16])


def _kept(uow: "UnitOfWork", actor: Actor, key: str, *, to_answer: bool = False) -> Answer | None:
    """Fetch the claim of a key; whoever means to answer it waits for who is answering it."""
    query = select(Answer).filter_by(user_id=actor.user_id, key=key)
    if to_answer:
        query = query.with_for_update().execution_options(populate_existing=True)
    return uow.session.scalar(query)


def was_done(uow: "UnitOfWork", key: str) -> bool:
    """Say whether the user has had an answer to a request with this key."""
    found = _kept(uow, uow.actor, key)
    return found is not None and found.status is not None


def _judged(uow: "UnitOfWork", found: Answer, hash_: str) -> Answer | None:
    if found.request_hash != hash_:
        raise KeyReused(
            {"Idempotency-Key": ["This key was used for another request. Use a new one."]}
        )
    if found.status is not None:
        return found
    if found.claimed_at + ABANDONED > uow.now:
        raise InProgress(RUNNING)
    found.claimed_at = uow.now
    return None


def keep(uow: "UnitOfWork", key: str, status: int, body: bytes, location: str | None) -> None:
    """Keep the answer, in the transaction of the work that it tells of.

    Raises InProgress, so that this work is undone, if another attempt was quicker: a request that
    was given up for dead may still be committing. Whoever comes second waits here for the first.
    """
    actor = uow.origin_actor
    answer_id = _id_of(uow, actor, key)
    sealing = uow.session.info["vault"].key_for_writing(uow.session, ANSWERS)
    sealed = seal(sealing, f"answer|{answer_id}", body)
    given = {"id": answer_id, "status": status, "location": location, "body": sealed}
    its = {"of_user": actor.user_id, "of_key": key}
    if not uow.session.connection().execute(KEEP, {**its, **given}).rowcount:
        raise InProgress(RUNNING)


def body_of(uow: "UnitOfWork", kept: Answer) -> bytes:
    """Open the body of a kept answer."""
    assert kept.body is not None
    key = uow.session.info["vault"].key_of(uow.session, ANSWERS)
    return unseal(key, f"answer|{kept.id}", kept.body)


def forget(transactions: "Transactions", actor: Actor, key: str) -> None:
    """Give the key up after a refusal, so that the mended request may use it."""
    with transactions.begin(actor, "request:forget") as uow:
        uow.session.connection().execute(FORGET, {"of_user": actor.user_id, "of_key": key})


ANSWER = cast(Table, Answer.__table__)
CLAIMS = {
    dialect: insert(ANSWER).on_conflict_do_nothing().returning(ANSWER.c.id)
    for dialect, insert in INSERTS.items()
}
ITS = and_(ANSWER.c.user_id == bindparam("of_user"), ANSWER.c.key == bindparam("of_key"))
OPEN = and_(ITS, ANSWER.c.status.is_(None))
KEEP, FORGET = ANSWER.update().where(OPEN), ANSWER.delete().where(OPEN)
