namespace LinkMonitor.Engine.Judging;

/// <summary>
/// robots.txt keeps Googlebot out of the page, or out of a redirect on the way to it: what Google cannot read, it cannot count.
/// Source: https://developers.google.com/crawling/docs/robots-txt/robots-txt-spec
/// </summary>
internal sealed class GoogleDisallowed : ICheckRule
{
    public Reason? Check(RuleContext context)
    {
        var isExpected = context.TryGetExpected(
            context.Expectation.Indexable, static baseline => baseline.Indexable && !baseline.GoogleDisallowed, out var allowed) && allowed;
        if (!isExpected || context.DisallowedForGoogle is not { } disallowed)
            return null;

        return new Reason
        {
            Code = ReasonCode.GoogleDisallowed,
            Message =
                $"The robots.txt of {disallowed.Url.Host} keeps Googlebot out of the page ({disallowed.Ruling.Place}), so Google cannot count its links: " +
                "ask the site's owner to allow it.",
            Expected = "Googlebot allowed",
            Found = disallowed.Ruling.Line,
        };
    }
}
