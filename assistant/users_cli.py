"""`sip user`: who may sign in with a password kept here, and which programs have a key."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.console import spoken_errors
from assistant.settings import settings
from ingest.errors import InputError

if TYPE_CHECKING:
    from assistant.web.keys import Keys
    from assistant.web.local_users import LocalUsers
    from assistant.web.person import Role

Name = Annotated[str, typer.Argument(metavar="NAMN", help="Användarens namn.")]
Program = Annotated[str, typer.Argument(metavar="NAMN", help="Programmets namn.")]
RoleOption = Annotated[str, typer.Option("--role", help="user, superuser eller admin.")]

users_app = typer.Typer(
    help="Användare som loggar in med lösenord, och programs nycklar.", no_args_is_help=True
)


def register(app: typer.Typer) -> None:
    """Add the commands to the app."""
    app.add_typer(users_app, name="user")


@users_app.command()
def add(name: Name, role: RoleOption = "user") -> None:
    """Lägg till en användare; lösenordet frågas efter."""
    with spoken_errors():
        from assistant.web.local_users import usable_name

        users, given = _users(), _role(role)
        name = usable_name(name)
        if name in {user.name for user in users.listed()}:
            raise InputError(
                f"Användaren {name} finns redan. Byt lösenord med: sip user password {name}"
            )
        users.add(name, _password(name), given)
        typer.echo(f"{name} kan nu logga in med rollen {given.written}.")


@users_app.command("list")
def list_users() -> None:
    """Visa användarna och deras roller."""
    with spoken_errors():
        found = _users().listed()
        for user in found:
            typer.echo(f"{user.name}\t{user.role.written}")
        if not found:
            typer.echo("Det finns inga användare. Lägg till en med: sip user add NAMN", err=True)


@users_app.command()
def remove(name: Name) -> None:
    """Ta bort en användare; den som är inloggad loggas ut."""
    with spoken_errors():
        _users().remove(name)
        typer.echo(f"{name} är borttagen.")


@users_app.command()
def password(name: Name) -> None:
    """Byt en användares lösenord; den som är inloggad loggas ut."""
    with spoken_errors():
        _users().set_password(name, _password(name))
        typer.echo(f"{name} har ett nytt lösenord.")


@users_app.command()
def role(name: Name, new: Annotated[str, typer.Argument(metavar="ROLL")]) -> None:
    """Ge en användare en annan roll: user, superuser eller admin."""
    with spoken_errors():
        given = _role(new)
        _users().set_role(name, given)
        typer.echo(f"{name} har nu rollen {given.written}.")


@users_app.command()
def key(
    name: Program,
    days: Annotated[int, typer.Option(min=1, max=3650, help="Dagar som nyckeln gäller.")] = 365,
) -> None:
    """Gör en nyckel för ett program som ska fråga via /api; den visas en enda gång."""
    with spoken_errors():
        typer.echo(_keys().add(name, days))
        typer.echo(
            f"Nyckeln gäller i {days} dagar och visas bara nu. Programmet skickar den i huvudet "
            "Authorization: Bearer NYCKEL.",
            err=True,
        )


@users_app.command("keys")
def list_keys() -> None:
    """Visa vilka program som har en nyckel."""
    with spoken_errors():
        found = _keys().listed()
        for one in found:
            used = "aldrig använd" if one.used is None else f"använd {_day(one.used)}"
            typer.echo(f"{one.name}\tgäller till {_day(one.until)}\t{used}")
        if not found:
            typer.echo("Det finns inga nycklar. Gör en med: sip user key NAMN", err=True)


@users_app.command("remove-key")
def remove_key(name: Program) -> None:
    """Ta bort ett programs nyckel; den gäller inte längre."""
    with spoken_errors():
        _keys().remove(name)
        typer.echo(f"Nyckeln för {name} är borttagen.")


def _keys() -> "Keys":
    from assistant.web.keys import Keys
    from assistant.web.vault import Vault, place

    return Keys(Vault(place(settings())))


def _day(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).date().isoformat()


def _users() -> "LocalUsers":
    from assistant.web.local_users import LocalUsers
    from assistant.web.vault import Vault, place

    return LocalUsers(Vault(place(settings())))


def _role(written: str) -> "Role":
    from assistant.web.person import Role, role_written

    found = role_written(written)
    if found is None:
        known = ", ".join(role.written for role in Role)
        raise InputError(f"Rollen {written} finns inte. Välj mellan {known}.")
    return found


def _password(name: str) -> str:
    """Asked for, never an option: options are kept in the shell's history."""
    from assistant.web.local_users import folded, weakness

    written: str = typer.prompt("Lösenord (visas inte)", hide_input=True)
    fault = weakness(folded(name), written)
    if fault:
        raise InputError(fault)
    if typer.prompt("Samma lösenord igen", hide_input=True) != written:
        raise InputError("Lösenorden är inte lika. Försök igen.")
    return written
