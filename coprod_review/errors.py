"""The errors that a caller can expect; each message is a sentence that says what to do."""


class CoprodReviewError(Exception):
    """Base class of the expected errors; the message is one sentence for a person."""


class UnreadableFile(CoprodReviewError):
    """A named path is missing, is not a file where one is meant, is too large, or cannot be opened."""

    def __init__(self, message: str, problem: str = "", advice: str = "") -> None:
        """Take the message, and its two parts alone for callers that write another message.

        ``problem`` is what is wrong, as the end of a sentence (``is a folder, not a file``); ``advice`` is what to do.
        """
        super().__init__(message)
        self.problem, self.advice = problem, advice


class InvalidBase(CoprodReviewError):
    """An evidence base has errors, so no figure may be computed from it."""

    def __init__(self, message: str, first: str = "") -> None:
        """Take the message, and the first error alone for callers that write another message."""
        super().__init__(message)
        self.first = first


class UnknownName(CoprodReviewError):
    """A study, term, facet, analysis or format was named that does not exist."""
