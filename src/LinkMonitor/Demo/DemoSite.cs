using LinkMonitor.Engine.Links;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Demo;

/// <summary>A page of the made-up web, and the link on it that is watched. Text and addresses are made up.</summary>
/// <param name="Host">
/// A name below <c>localhost</c>, which browsers send to this machine by themselves (RFC 6761): the pages of the demo can be opened.
/// </param>
/// <param name="Path">As people write it, not percent-encoded.</param>
/// <param name="Target">The path on <see cref="DemoSite.Home"/> that its link leads to.</param>
internal sealed record DemoPage(string Host, string Path, string Title, string Before, string Anchor, string After, string Target)
{
    /// <summary>The language of the page, for its <c>lang</c>.</summary>
    public string Language { get; init; } = "en";

    public bool IsRightToLeft { get; init; }

    /// <summary>The link's <c>rel</c> while the page is as agreed; empty for a followed link.</summary>
    public string Rel { get; init; } = "";

    /// <summary>What was agreed about its <c>rel</c>; as first seen by default.</summary>
    public Expected<RelQualifiers> ExpectedRel { get; init; }

    /// <summary>The key of a built-in type.</summary>
    public required string Type { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    public string? Note { get; init; }

    /// <summary>What was paid for it, counted from a day; null for nothing.</summary>
    public Func<DateOnly, Terms>? Terms { get; init; }

    /// <summary>How it was in the past: from that many days ago on it looked so. As agreed before the first of them.</summary>
    public IReadOnlyList<(int DaysAgo, DemoLook Look)> Past { get; init; } = [];

    /// <summary>For how many days it has been watched.</summary>
    public int Age { get; init; } = 90;

    /// <summary>Its server takes its time.</summary>
    public bool IsSlow { get; init; }

    /// <summary>How it looked on a day.</summary>
    public DemoLook LookOn(int daysAgo) =>
        Past.Where(change => daysAgo <= change.DaysAgo).Select(change => change.Look).LastOrDefault(DemoLook.AsAgreed);
}

/// <summary>How a page of the demo answers.</summary>
internal enum DemoLook
{
    AsAgreed,

    /// <summary>The sentence stays, and its link is gone.</summary>
    Unlinked,

    /// <summary>The link has <c>rel="nofollow"</c>.</summary>
    Nofollow,

    /// <summary>The anchor text is another one.</summary>
    Reworded,

    /// <summary>The page says <c>noindex</c>.</summary>
    Noindex,

    /// <summary>404.</summary>
    Gone,

    /// <summary>403, and a bot wall.</summary>
    Walled,
}

/// <summary>The sites of the demo: who links to a made-up shop for garden tools.</summary>
internal static class DemoSite
{
    /// <summary>The site that the links lead to.</summary>
    public const string Home = "fernhill.localhost";

    /// <summary>The target that breaks.</summary>
    public const string Catalogue = "/catalogue";

    public const string Blog = "gardenblog.localhost";
    public const string Diary = "allotmentdiary.localhost";
    public const string Reviews = "toolreviews.localhost";
    public const string Press = "cityweekly.localhost";
    public const string Forum = "greenforum.localhost";
    public const string Directory = "localdirectory.localhost";

    private const string FineLinks = "Fine Links";

    public static IReadOnlyList<DemoPage> All { get; } =
    [
        new(
            Blog, "/2026/secateurs-that-stay-sharp", "Secateurs that stay sharp for ten winters", "After three seasons I still use the",
            "Fernhill bypass secateurs", "every week, and the blade has been honed only twice.", "/secateurs")
        {
            Type = "guest-post",
            Terms = Paid(FineLinks, 320, startedAgo: 80, days: 365, "anna@fine-links.example", "RE-17"),
        },
        new(
            Diary, "/guest/pruning-apple-trees", "Pruning apple trees: a guest post", "If you have never pruned before, read the",
            "pruning guide", "first; it has drawings of every cut that I describe here.", "/guides/pruning")
        {
            Type = "guest-post",
            Terms = Paid(FineLinks, 280, startedAgo: 60, days: 365, "anna@fine-links.example", "RE-22"),
            Past = [(41, DemoLook.Nofollow), (36, DemoLook.AsAgreed)],
        },
        new(
            Reviews, "/best-shears", "The best shears of the year, tested", "Our runner-up came from a small maker: the",
            "Fernhill topiary shears", "cut box and yew without bruising a single leaf.", "/secateurs")
        {
            Type = "editorial",
        },
        new(
            Press, "/business/fernhill-opens-second-workshop", "Fernhill opens a second workshop", "The family firm",
            "Fernhill Tools", "has taken on six apprentices for its new workshop by the canal.", "/")
        {
            Type = "press",
        },
        new(
            Forum, "/t/4711-which-shears", "Which shears for a beech hedge?", "Mine are from Fernhill, look at their", "hedge shears",
            "before you buy the cheap ones and regret it in June.", "/secateurs")
        {
            Type = "forum",
            Rel = "ugc",
            Past = [(12, DemoLook.Unlinked)],
        },
        new(
            Directory, "/garden/fernhill-tools", "Garden shops: Fernhill Tools", "Opening hours, directions and the",
            "catalogue of Fernhill Tools", "for this season.", Catalogue)
        {
            Type = "directory",
            Terms = Monthly("Local Directory Ltd", 12, startedAgo: 88),
        },
        new(
            "bloomdaily.localhost", "/partners/fernhill", "Our partner: Fernhill Tools", "This page is paid for by",
            "Fernhill, makers of garden tools", "who also lent us the borders in our photographs.", "/")
        {
            Type = "partner",
            Tags = ["paid"],
            Rel = "sponsored",
            ExpectedRel = Expected<RelQualifiers>.Exactly(RelQualifiers.Sponsored),
            Terms = Paid("Link Garden", 450, startedAgo: 85, days: 94, "sales@link-garden.example", "2026-0042"),
            Note = "Ask for another year before the term ends.",
        },
        new(
            "premiummag.localhost", "/features/autumn-tools", "Twelve tools for autumn", "For leaves and hedges alike, the",
            "long-handled loppers", "are worth the wait for delivery.", "/secateurs")
        {
            Type = "editorial",
            Past = [(3, DemoLook.Walled)],
        },
        new(
            "oldpartner.localhost", "/friends", "Friends of the nursery", "We have bought our tools from",
            "Fernhill", "since the nursery was founded.", "/")
        {
            Type = "partner",
            Past = [(38, DemoLook.Gone)],
        },
        new(
            "hortpodcast.localhost", "/episodes/112-tools", "Episode 112: tools that last", "In this episode we visit the forge of",
            "Fernhill Tools", "and learn how a blade is tempered.", "/")
        {
            Type = "press",
            Past = [(20, DemoLook.Noindex)],
        },
        new(
            "handsandsoil.localhost", "/journal/a-spring-list", "A spring list", "Oil, a whetstone, and the", "good secateurs",
            "that hang by the door: that is all you need in March.", "/secateurs")
        {
            Type = "guest-post",
            Terms = Paid(FineLinks, 240, startedAgo: 40, days: 180, "anna@fine-links.example", "RE-31"),
            Past = [(9, DemoLook.Reworded)],
        },
        new(
            "makers.localhost", "/people/fernhill", "Fernhill Tools on Makers", "We forge and finish by hand. More at", "fernhill.example",
            "and in our workshop on Saturdays.", "/")
        {
            Type = "profile",
            Rel = "nofollow",
            ExpectedRel = Expected<RelQualifiers>.Exactly(RelQualifiers.Nofollow),
        },
        new(
            "university.localhost", "/horticulture/reading", "Reading for first-year students", "For practical work we recommend the",
            "illustrated pruning guide", "which is free to print for classes.", "/guides/pruning")
        {
            Type = "resource-page",
            IsSlow = true,
        },
        new(
            "jardin-et-cour.localhost", "/articles/tailler-en-hiver", "Tailler en hiver", "Pour une coupe nette, nous utilisons les",
            "sécateurs de Fernhill", "affûtés une fois par an, avant les gelées.", "/secateurs")
        {
            Language = "fr",
            Type = "editorial",
        },
        new(
            "bustan.localhost", "/مقالات/أدوات-التقليم", "أدوات التقليم التي تدوم", "بعد سنوات من التجربة ننصح باستعمال",
            "مقصات فيرنهيل للتقليم",
            "لأنها تقطع الأغصان دون أن تؤذي الشجرة.", "/secateurs")
        {
            Language = "ar",
            IsRightToLeft = true,
            Type = "editorial",
            Age = 55,
        },
        new(
            "niwashi.localhost", "/記事/剪定ばさみ", "庭師が選ぶ剪定ばさみ", "毎日使う道具なので、", "ファーンヒルの剪定ばさみ", "を十年以上手入れしながら使っています。", "/secateurs")
        {
            Language = "ja",
            Type = "guest-post",
            Terms = Paid("Link Garden", 380, startedAgo: 30, days: 365, "sales@link-garden.example", "2026-0077"),
            Age = 30,
        },
    ];

    private static Func<DateOnly, Terms> Paid(string vendor, decimal cost, int startedAgo, int days, string contact, string invoice) =>
        today => new Terms
        {
            Vendor = vendor,
            Cost = cost,
            Currency = "EUR",
            Start = today.AddDays(-startedAgo),
            End = today.AddDays(days - startedAgo),
            Contact = contact,
            Invoice = invoice,
        };

    private static Func<DateOnly, Terms> Monthly(string vendor, decimal cost, int startedAgo) => today => new Terms
    {
        Vendor = vendor,
        Cost = cost,
        Currency = "EUR",
        CostPeriod = CostPeriod.Month,
        Start = today.AddDays(-startedAgo),
    };
}
