using System.Globalization;
using LinkMonitor.Engine.Links;

namespace LinkMonitor.Engine.Judging;

/// <summary>
/// The target itself answers 4xx or 5xx, or redirects without an end, so that the link leads readers and search engines nowhere.
/// Source: https://developers.google.com/crawling/docs/troubleshooting/http-status-codes
/// </summary>
internal sealed class TargetBroken : ITargetRule
{
    public Reason? Check(TargetSight target, Baseline? baseline)
    {
        if (!target.IsBroken)
            return null;

        var isLoop = target.Status is null or < 400;
        var found = isLoop ? "loop" : target.Status!.Value.ToString(CultureInfo.InvariantCulture);
        var answer = isLoop ? "redirects without an end" : $"answers {found}";
        return new Reason
        {
            Code = ReasonCode.TargetBroken,
            Message = $"The link is there, but its target {target.Url} {answer}: mend that page, or redirect it to the one that took its place.",
            Expected = "200",
            Found = found,
        };
    }
}
