using System.Runtime.CompilerServices;
using LinkMonitor.Alerts.Composing;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Testing;
using LinkMonitor.Tests.Alerts.Composing;
using LinkMonitor.Wording;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;

namespace LinkMonitor.IntegrationTests.Alerts.Composing;

/// <summary>Every mail in a browser, in light and dark, on a phone and on a desk, and with its style sheet dropped.</summary>
[TakesLong]
public sealed class MailLookTests(BrowserFixture browsers)
{
    // Set to a folder to look at the mails.
    private static readonly string? Pictures = Environment.GetEnvironmentVariable("MAIL_PICTURES");

    private static readonly (int Width, ColorScheme Scheme)[] Looks =
    [
        (360, ColorScheme.Light), (360, ColorScheme.Dark), (1_280, ColorScheme.Light), (1_280, ColorScheme.Dark),
    ];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Every_mail_can_be_read(bool hasSheet)
    {
        var stop = TestContext.Current.CancellationToken;
        List<string> poor = [];
        await SeeAsync(ColorScheme.Light, 360, async page =>
        {
            foreach (var (name, html) in Mails())
            {
                await page.SetContentAsync(hasSheet ? html : WithoutSheet(html));

                // The sheet is all that knows of widths and of the dark.
                foreach (var look in hasSheet ? Looks : Looks[..1])
                    poor.AddRange((await LookAsync(page, look, name, hasSheet)).Select(found => $"{name}: {found}"));
            }
        }, stop);

        Assert.Empty(poor);
    }

    private static async Task<IReadOnlyList<string>> LookAsync(IPage page, (int Width, ColorScheme Scheme) look, string name, bool hasSheet)
    {
        await page.SetViewportSizeAsync(look.Width, 800);
        await page.EmulateMediaAsync(new() { ColorScheme = look.Scheme });
        if (Pictures is not null)
            await page.ScreenshotAsync(
                new()
                {
                    Path = Path.Combine(Pictures, $"{name}-{look.Width}-{look.Scheme}-{(hasSheet ? "sheet" : "bare")}.png"),
                    FullPage = true,
                });
        return await MeasureAsync(page);
    }

    [Theory]
    [InlineData(360)]
    [InlineData(1_280)]
    public async Task A_projects_logo_is_loaded_and_stands_above_the_letter_in_its_height(int width)
    {
        var stop = TestContext.Current.CancellationToken;
        await using var web = await LocalWeb.StartAsync(stop);
        web.Map("/logo.svg", context =>
        {
            context.Response.ContentType = "image/svg+xml";
            return context.Response.WriteAsync(
                "<svg xmlns='http://www.w3.org/2000/svg' width='600' height='120'><rect width='600' height='120' rx='24' "
                    + "fill='#1d4ed8'/><text x='40' y='82' font-size='64' fill='#fff' font-family='sans-serif'>Example "
                    + "Widgets</text></svg>",
                context.RequestAborted);
        });
        var html = await File.ReadAllTextAsync(Path.Combine(ApprovedFolder(), "logo.approved.html"), stop);
        double[] logo = [];
        await SeeAsync(ColorScheme.Light, width, async page =>
        {
            await page.SetContentAsync(
                html.Replace("https://example.org/logo.png?a=1&amp;b=2", web.Url("/logo.svg"), StringComparison.Ordinal),
                new() { WaitUntil = WaitUntilState.Load });
            logo = await page.EvaluateAsync<double[]>(
                "() => { const image = document.images[0], at = image.getBoundingClientRect(), title = "
                    + "document.querySelector('h1').getBoundingClientRect(); return [image.naturalWidth, at.width, at.height, title.top - "
                    + "at.bottom]; }");
            Assert.Empty(await page.EvaluateAsync<string[]>(MailProbe.Script, MailProbe.LeastContrast));
            if (Pictures is not null)
                await page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, $"logo-loaded-{width}.png"), FullPage = true });
        }, stop, isOffline: false);

        Assert.Equal(600, logo[0]);
        Assert.Equal((200d, 40d), (logo[1], logo[2]));
        Assert.True(logo[3] > 0, "The title stands below the logo.");
        Assert.Single(web.Requests);
    }

    [Fact]
    public async Task Poor_contrast_and_width_are_found()
    {
        const string Html =
            "<body style='background:#fff'><p style='color:#888'>grey</p><p style='color:#000'>black</p><pre "
                + "style='width:500px'>wide</pre>";
        IReadOnlyList<string> found = [];

        await SeeAsync(ColorScheme.Light, 360, async page =>
        {
            await page.SetContentAsync(Html);
            found = await MeasureAsync(page);
        }, TestContext.Current.CancellationToken);

        Assert.Collection(
            found,
            contrast => Assert.StartsWith("contrast 3.54: grey", contrast, StringComparison.Ordinal),
            width => Assert.EndsWith("px too wide", width, StringComparison.Ordinal));
    }

    private async Task SeeAsync(
        ColorScheme scheme, int width, Func<IPage, Task> see, CancellationToken cancellationToken, bool isOffline = true)
    {
        await using var context = await (await browsers.GetAsync(cancellationToken)).NewContextAsync(
            new() { ColorScheme = scheme, ViewportSize = new ViewportSize { Width = width, Height = 800 }, Offline = isOffline });
        await see(await context.NewPageAsync());
    }

    private static async Task<IReadOnlyList<string>> MeasureAsync(IPage page) =>
        await page.EvaluateAsync<string[]>(MailProbe.Script, MailProbe.LeastContrast);

    private static string WithoutSheet(string html)
    {
        var (from, to) = (html.IndexOf("<style>", StringComparison.Ordinal), html.IndexOf("</style>", StringComparison.Ordinal));
        return html[..from] + html[to..];
    }

    // Each in both languages, and those that hold what is hostile or a logo.
    private static IEnumerable<(string Name, string Html)> Mails() =>
    [
        .. SampleMatters.All.SelectMany(matter => Language.Codes.Select(code => (
            $"{matter.Key}.{code}", AlertComposer.Compose(SampleMatters.In(code, matter.Value), Sample.Links).Html))),
        .. Directory.GetFiles(ApprovedFolder(), "*.approved.html").Select(file => (Path.GetFileName(file), File.ReadAllText(file))),
    ];

    private static string ApprovedFolder([CallerFilePath] string testFile = "") => Path.Combine(
        Path.GetDirectoryName(testFile)!, "..", "..", "..", "LinkMonitor.Tests", "Alerts", "Composing", "Approved");
}
