using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Pages;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Placements.Samples;

/// <summary>
/// Made-up paid links, as they could be after most of a year: what the reports look like before there is anything of one's own to report.
/// </summary>
/// <param name="today">The day in UTC on which they are checked.</param>
internal sealed class SamplePlacements(DateOnly today)
{
    private const int Age = 260;

    public Project Project { get; } = new()
    {
        Id = new ProjectId("prj_sample"),
        Name = "Example Widgets (a sample: all of it is made up)",
        CreatedAt = DateTimeOffset.UnixEpoch,
    };

    /// <summary>Four of one vendor, of which the first was lost and is back, the second lost its follow, and three of another.</summary>
    public IReadOnlyList<WatchedLink> Links =>
    [
        Link(1, "Fine Links", Marks(150, '?', 1, 'l', 41) + new string('a', Age - 192)),
        Link(2, "Fine Links", Marks(230, '?', 1, 'c', Age - 231)),
        Link(3, "Fine Links", new string('a', Age)),
        Link(4, "Fine Links", Marks(90, '-', 3, 'a', Age - 93)),
        Link(5, "Link Garden", new string('a', Age)),
        Link(6, "Link Garden", Marks(20, '?', 1, 'l', Age - 21)),
        Link(7, "Link Garden", Marks(75, '?', 2, 'l', Age - 77)),
    ];

    public DateOnly First => today.AddDays(-Age);

    // The state follows from the changes, and they from the days: nothing of a sample is written twice.
    private WatchedLink Link(int number, string vendor, string marks)
    {
        var link = Unchanged(number, vendor, marks);
        return SampleProofs.Of(link).LastOrDefault()?.Change.Transition is { } last
            ? link with { Status = link.Status with { State = last.To, Reasons = last.ReasonsAfter, Since = last.Since } }
            : link;
    }

    private WatchedLink Unchanged(int number, string vendor, string marks)
    {
        var page = Url($"https://blog-{number}.example.net/reviews/widgets-that-last");
        var target = Url("https://example.org/widgets");
        return new WatchedLink
        {
            ProjectId = Project.Id,
            Id = LinkIdFactory.For(page, target, TargetMatch.Page),
            PageKey = PageRowKeys.For(page),
            Page = page,
            Expectation = new Expectation { Target = target },
            Terms = new Terms
            {
                Vendor = vendor,
                Cost = 240 + (30 * number),
                Currency = "EUR",
                Start = First,
                End = First.AddDays(364),
                Contact = vendor == "Fine Links" ? "anna@fine-links.example" : "sales@link-garden.example",
                Invoice = vendor == "Fine Links" ? "RE-17" : "2026-0042",
            },
            CreatedAt = At(First),
            Status = LinkStatus.New(At(First)) with
            {
                State = LinkState.Live,
                LastCheckedAt = At(today),
                Days = DayLog.Parse($"{First:yyyy-MM-dd}:{marks}"),
            },
        };
    }

    public static DateTimeOffset At(DateOnly day) => new(day.ToDateTime(new TimeOnly(6, 30)), TimeSpan.Zero);

    private static string Marks(int asAgreed, char one, int ones, char other, int others) =>
        new string('a', asAgreed) + new string(one, ones) + new string(other, others);

    private static WebUrl Url(string text) =>
        WebUrl.TryParse(text, out var url) ? url : throw new InvalidOperationException($"The sample's URL '{text}' is none.");
}
