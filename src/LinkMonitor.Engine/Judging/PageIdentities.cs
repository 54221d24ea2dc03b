using LinkMonitor.Engine.Comparing;
using LinkMonitor.Engine.Identity;
using LinkMonitor.Engine.Judging.Absences;
using LinkMonitor.Engine.Judging.Walls;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Reading;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.Engine.Judging;

/// <summary>Asks whether an observation is of the page that is watched.</summary>
public static class PageIdentities
{
    /// <summary>Null when nothing was read.</summary>
    /// <param name="expectation">The link that is looked for; null when the page is checked for its own sake.</param>
    public static IdentityFinding? Of(Observation observation, Expectation? expectation, LinkMemory memory)
    {
        ArgumentNullException.ThrowIfNull(observation);
        ArgumentNullException.ThrowIfNull(memory);
        return observation.Reading is { } page ? IdentityJudge.Judge(Question(observation, page, expectation, memory)) : null;
    }

    private static IdentityQuestion Question(Observation observation, PageReading page, Expectation? expectation, LinkMemory memory)
    {
        var (known, kept) = Outbound(memory.Outbound, page);
        var wall = WalledPage.WallOf(observation, page);
        return new IdentityQuestion
        {
            Asked = observation.Page,
            Page = page,
            Redirects = observation.Redirects,
            Status = observation.Status,
            Cookies = observation.Cookies,
            Mark = wall is null ? null : WallText.NameOf(wall),
            MarkedAs = wall?.Kind is WallKind.Error or WallKind.Maintenance ? IdentityDoubt.Error : IdentityDoubt.Wall,
            Known = memory.Known,
            OutboundKnown = known,
            OutboundKept = kept,
            SpeaksOfTarget =
                expectation is not null
                    && (ReplacementLinks.Others(observation, expectation).Any()
                        || new Mention(expectation.Target, expectation.Match).PlaceIn(page) is not null),
            IsPlaceKept = memory.Place is var (before, after) && SurvivingPlace.IsWhole(page.Text, before, after),
        };
    }

    private static (int Known, int Kept) Outbound(OutboundLinks? before, PageReading page) =>
        before is null ? (0, 0) : (before.Links.Count, ScopeComparer.CountKept(before, page));
}
