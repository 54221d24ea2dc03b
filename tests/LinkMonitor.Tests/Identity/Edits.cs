namespace LinkMonitor.Tests.Identity;

/// <summary>What authors do when they take a link out: each is a real loss, to be told in the usual time.</summary>
internal static class Edits
{
    public static readonly IReadOnlyDictionary<string, Func<SampleSite, SampleSite>> All =
        new Dictionary<string, Func<SampleSite, SampleSite>>
        {
            ["sentence cut"] = page => page with { Sentence = null },
            ["unlinked"] = page => page with { Sentence = "For more of them see the lamp shop, where they are mended, too." },
            ["paragraph edited"] = page => page with { Sentence = "We no longer send readers to shops, as so many of these have closed." },
            ["links cut"] = page => page with { Sentence = null, Others = 1 },
            ["all links cut"] = page => page with { Sentence = null, Others = 0 },
            ["shortened"] = page => page with { Sentence = null, Paragraphs = Math.Max(2, page.Paragraphs * 2 / 3) },
            ["halved"] = page => page with { Sentence = null, Paragraphs = Math.Max(2, page.Paragraphs / 2), Others = 2 },
            ["lengthened"] = page => page with { Sentence = null, Paragraphs = page.Paragraphs * 2 },
            ["rewritten"] = page => page with { Sentence = null, IsRewritten = true },
            ["rewritten and shorter"] =
            page => page with { Sentence = null, IsRewritten = true, Paragraphs = Math.Max(2, page.Paragraphs * 2 / 3), Others = 3 },
            ["retitled"] =
            page => page with { Sentence = null, Title = "All about light, checked again", Heading = "All about light, checked again" },
            ["title dated"] = page => page with { Sentence = null, Title = page.Title + " (2027)" },
            ["restyled"] = page => page with { Sentence = null, IsRestyled = true },
            ["restyled and edited"] =
            page =>
                page with
                {
                    Sentence = "We took the shop out of this list.",
                    IsRestyled = true,
                    Paragraphs = Math.Max(2, page.Paragraphs - 1),
                },
        };
}
