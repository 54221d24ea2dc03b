using System.Runtime.CompilerServices;
using LinkMonitor.IntegrationTests.Support;
using Microsoft.Playwright;

namespace LinkMonitor.IntegrationTests.Alerts.Composing;

/// <summary>Every approved mail in a browser, in light and dark, on a phone and on a desk, and with its style sheet dropped.</summary>
public sealed class MailLookTests
{
    private static readonly string[] Flags = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"];

    // Set to a folder to look at the mails.
    private static readonly string? Pictures = Environment.GetEnvironmentVariable("MAIL_PICTURES");

    public static TheoryData<ColorScheme, int, bool> Looks => new()
    {
        { ColorScheme.Light, 360, true }, { ColorScheme.Dark, 360, true }, { ColorScheme.Light, 1_000, true }, { ColorScheme.Dark, 1_000, true },
        { ColorScheme.Light, 360, false },
    };

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task Every_approved_mail_can_be_read(ColorScheme scheme, int width, bool hasSheet)
    {
        var stop = TestContext.Current.CancellationToken;
        var mails = Directory.GetFiles(ApprovedFolder(), "*.approved.html");
        List<string> poor = [];
        await SeeAsync(scheme, width, async page =>
        {
            foreach (var mail in mails)
            {
                var html = await File.ReadAllTextAsync(mail, stop);
                var name = Path.GetFileName(mail).Replace(".approved.html", "", StringComparison.Ordinal);
                poor.AddRange((await MeasureAsync(page, hasSheet ? html : WithoutSheet(html))).Select(found => $"{name}: {found}"));
                if (Pictures is not null)
                    await page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, $"{name}-{width}-{scheme}-{(hasSheet ? "sheet" : "bare")}.png"), FullPage = true });
            }
        }, stop);

        Assert.True(mails.Length >= 20, $"{mails.Length} approved mails");
        Assert.Empty(poor);
    }

    [Fact]
    public async Task Poor_contrast_and_width_are_found()
    {
        const string Html = "<body style='background:#fff'><p style='color:#888'>grey</p><p style='color:#000'>black</p><pre style='width:500px'>wide</pre>";
        IReadOnlyList<string> found = [];

        await SeeAsync(ColorScheme.Light, 360, async page => found = await MeasureAsync(page, Html), TestContext.Current.CancellationToken);

        Assert.Collection(
            found,
            contrast => Assert.StartsWith("contrast 3.54: grey", contrast, StringComparison.Ordinal),
            width => Assert.EndsWith("px too wide", width, StringComparison.Ordinal));
    }

    private static async Task SeeAsync(ColorScheme scheme, int width, Func<IPage, Task> see, CancellationToken cancellationToken)
    {
        var executable = await Chromium.EnsureInstalledAsync(cancellationToken);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = executable, Headless = true, Args = Flags });
        await using var context = await browser.NewContextAsync(
            new() { ColorScheme = scheme, ViewportSize = new ViewportSize { Width = width, Height = 800 }, Offline = true });
        await see(await context.NewPageAsync());
    }

    private static async Task<IReadOnlyList<string>> MeasureAsync(IPage page, string html)
    {
        await page.SetContentAsync(html);
        return await page.EvaluateAsync<string[]>(MailLook.Script, MailLook.LeastContrast);
    }

    private static string WithoutSheet(string html)
    {
        var (from, to) = (html.IndexOf("<style>", StringComparison.Ordinal), html.IndexOf("</style>", StringComparison.Ordinal));
        return html[..from] + html[to..];
    }

    private static string ApprovedFolder([CallerFilePath] string testFile = "") => Path.Combine(
        Path.GetDirectoryName(testFile)!, "..", "..", "..", "LinkMonitor.Tests", "Alerts", "Composing", "Approved");
}
