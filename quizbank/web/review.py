"""The review queue in the browser: a list of cases, a page for each, and a form for the decision.

Whoever has not the key of the address is turned away; a decision needs a cookie that other sites cannot send.
"""

from collections.abc import Awaitable, Callable
from hmac import compare_digest
from urllib.parse import parse_qs

from markupsafe import Markup
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from quizbank.desk import Desk
from quizbank.errors import QuizbankError
from quizbank.formats import template
from quizbank.formats.html import STYLE, TEMPLATES
from quizbank.markup import to_html, to_inline_html
from quizbank.reviewing import Case, asked, models_of, read_share, title_of

COOKIE = "quizbank-review"
MOST_BYTES = 20_000
SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; font-src data:; form-action 'self'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
}
Next = Callable[[Request], Awaitable[Response]]


def review_app(desk: Desk, token: str) -> Starlette:
    """Make the application for one desk; only who knows the token may use it."""
    cases = {case.id: case for case in desk.cases}

    async def listed(request: Request) -> Response:
        return _page("review-list.html.jinja", cases=desk.cases, decided=desk.decided(), title=title_of)

    async def shown(request: Request) -> Response:
        case = cases.get(request.path_params["id"])
        return _case_page(desk, case) if case else _missing()

    async def decided(request: Request) -> Response:
        case = cases.get(request.path_params["id"])
        if case is None:
            return _missing()
        given = parse_qs((await request.body())[:MOST_BYTES].decode("utf-8", "replace"))
        try:
            credit, reason = _read_form(given)
        except QuizbankError as trouble:
            return _case_page(desk, case, str(trouble))
        desk.decide(case, credit, reason, sample="sample" in given)
        following = next((f"/case/{one.id}" for one in desk.waiting()), "/")
        return RedirectResponse(following, status_code=303)

    routes = [
        Route("/", listed),
        Route("/case/{id}", shown),
        Route("/case/{id}", decided, methods=["POST"]),
    ]
    guards = [
        Middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost"]),
        Middleware(BaseHTTPMiddleware, dispatch=_doorkeeper(token)),
    ]
    return Starlette(routes=routes, middleware=guards, exception_handlers={QuizbankError: _told})


def _doorkeeper(token: str) -> Callable[[Request, Next], Awaitable[Response]]:
    async def admitted(request: Request, go_on: Next) -> Response:
        if compare_digest(request.query_params.get("key", "").encode(), token.encode()):
            response: Response = RedirectResponse("/", status_code=303)
            response.set_cookie(COOKIE, token, httponly=True, samesite="strict")
        elif compare_digest(request.cookies.get(COOKIE, "").encode(), token.encode()):
            response = await go_on(request)
        else:
            response = PlainTextResponse("Open the address that the command printed, with its key.", 403)
        response.headers.update(HEADERS)
        return response

    return admitted


def _read_form(given: dict[str, list[str]]) -> tuple[float, str]:
    text = next((one.strip() for one in [*given.get("other", []), *given.get("share", [])] if one.strip()), "")
    return read_share(text), " ".join(given.get("reason", [""])[0].split())[:1000] or "Decided by a person."


def _case_page(desk: Desk, case: Case, trouble: str = "") -> Response:
    decided = desk.decided()
    page = _page(
        "review-case.html.jinja",
        case=case,
        place=desk.cases.index(case) + 1,
        count=len(desk.cases),
        left=len(desk.cases) - len(decided),
        standing=decided.get(case.id),
        shares=sorted({*SHARES, case.provisional}),
        asked=asked(case),
        models=models_of(case),
        title=title_of,
        trouble=trouble,
    )
    page.status_code = 400 if trouble else 200
    return page


def _page(name: str, **values: object) -> HTMLResponse:
    return HTMLResponse(
        template(name).render(
            style=Markup(STYLE + (TEMPLATES / "review.css").read_text(encoding="utf-8")),
            blocks=lambda text: Markup(to_html(text)),
            inline=lambda text: Markup(to_inline_html(text)),
            **values,
        )
    )


def _told(request: Request, trouble: Exception) -> Response:
    return PlainTextResponse(str(trouble), 500)


def _missing() -> Response:
    return PlainTextResponse("There is no such case any more; go back to the list.", 404)
