using System.Collections.Concurrent;
using System.Net;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Links;
using LinkMonitor.Testing;
using Microsoft.Playwright;

namespace LinkMonitor.IntegrationTests.Dashboard;

/// <summary>
/// Pages on paper and for those who only read. To look at them, set <c>LINKMONITOR_SCREENSHOTS</c> to a folder.
/// </summary>
[TakesLong]
public sealed class PrintTests(DashboardFixture fixture) : IClassFixture<DashboardFixture>
{
    private const int AtATime = 3;

    // A4 with margins of 15 mm, at 96 pixels an inch.
    private const int TextWidth = 680;

    // What is wrong with a page on paper, a line each. A time's own words are as if not there: their size is 0.
    private const string Look =
        """
        () => {
          const faults = [];
          const seen = one => one.checkVisibility({ contentVisibilityAuto: true });
          for (const one of document.querySelectorAll('body *')) {
            if (!seen(one) || one.closest('.skip, svg')) continue;
            const { right, width } = one.getBoundingClientRect();
            if (width > 0 && right > innerWidth + 1) faults.push('beyond the paper: ' + one.outerHTML.slice(0, 120));
            if (one.matches('button, nav, input[type=checkbox]:not(.field *)'))
              faults.push('of no use on paper: ' + one.outerHTML.slice(0, 120));
          }
          for (const time of document.querySelectorAll('main time')) {
            const added = getComputedStyle(time, '::after').content;
            if (seen(time) && (getComputedStyle(time).fontSize !== '0px' || !/\d{4}, \d\d:\d\d \(UTC/.test(added)))
              faults.push('not a whole time: ' + time.outerHTML + added);
          }
          const range = document.createRange();
          for (const head of document.querySelectorAll('main thead th:not(:has(.skip))'))
            for (const { index, 0: word } of (head.firstChild?.data ?? '').matchAll(/\w+/g)) {
              range.setStart(head.firstChild, index);
              range.setEnd(head.firstChild, index + word.length);
              if (seen(head) && new Set([...range.getClientRects()].map(line => line.top)).size > 1)
                faults.push('a head that breaks within a word: ' + word);
            }
          for (const one of document.querySelectorAll('main .cols > .card'))
            if (one.getBoundingClientRect().width < one.parentElement.clientWidth - 1) 
              faults.push('in a part of the width: ' + one.outerHTML.slice(0, 60));
          for (const why of document.querySelectorAll('td[data-of=Why]'))
            if (why.offsetWidth > 1.3 * why.parentElement.querySelector('th').offsetWidth)
              faults.push('a page far narrower than why');
          for (const one of document.querySelectorAll('main .long'))
            if (getComputedStyle(one).columnCount !== 'auto') faults.push('columns without heads: ' + one.outerHTML.slice(0, 60));
          for (const one of document.querySelectorAll('main details:not(.one, .noprint) > :not(summary)'))
            if (!seen(one)) faults.push('folded: ' + one.outerHTML.slice(0, 120));
          for (const a of document.querySelectorAll('main a[href^=http]'))
            if (seen(a) && getComputedStyle(a, '::after').content.includes('http') && a.textContent.includes('://'))
              faults.push('an address twice: ' + a.outerHTML.slice(0, 120));
          return faults;
        }
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_page_is_whole_on_paper()
    {
        await using var window = await fixture.OpenAsync();
        await DashboardFixture.SignInAsync(window);
        var pages = (await SamplePages.MakeAsync(fixture.Product, Token)).Select(page => page.Path).ToList();
        var many = await ManyLinksAsync();
        pages.AddRange([$"/app/p/{many}", $"/app/p/{many}/links", $"/app/p/{many}/changes", $"/app/p/{many}/cases"]);
        ConcurrentBag<string> faults = [];
        await Parallel.ForEachAsync(
            pages, new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = Token }, async (path, _) =>
            {
                var tab = await window.NewPageAsync();
                await tab.SetViewportSizeAsync(TextWidth, 900);
                await tab.GotoAsync(path);
                await tab.EmulateMediaAsync(new() { Media = Media.Print });
                foreach (var fault in await tab.EvaluateAsync<string[]>(Look))
                    faults.Add($"{path}: {fault}");
                if (Environment.GetEnvironmentVariable("LINKMONITOR_SCREENSHOTS") is { Length: > 0 } folder)
                    await tab.PdfAsync(new() { Path = Path.Combine(folder, $"{path.Replace('/', '_')}.pdf"), PreferCSSPageSize = true });
                await tab.CloseAsync();
            });

        Assert.True(faults.IsEmpty, string.Join('\n', faults));
    }

    [Fact]
    public async Task No_page_shows_a_viewer_a_form_that_cannot_be_sent()
    {
        var pages = (await SamplePages.MakeAsync(fixture.Product, Token)).Select(page => page.Path).ToList();
        var key = await fixture.KeyAsync("Vera", ApiKeyScope.Read, null, Token);
        await using var window = await fixture.OpenAsync();
        var tab = await DashboardFixture.SignInAsync(window, key);
        List<string> faults = [];
        foreach (var path in pages)
        {
            await tab.GotoAsync(path);
            faults.AddRange((await tab.EvaluateAsync<string[]>(
                """
                () => [...document.querySelectorAll('main form')]
                  .filter(form => form.querySelector('input:not([type=hidden]),select,textarea') && !form.querySelector('button'))
                  .map(form => form.action)
                """)).Select(form => $"{path}: {form}"));
        }

        Assert.Empty(faults);
        await tab.GotoAsync(pages.First(path => path.EndsWith("/settings", StringComparison.Ordinal)));
        await Assertions.Expect(tab.Locator("main")).ToContainTextAsync("Editors and owners can change them.");
        await Assertions.Expect(tab.Locator("main dl").First).ToContainTextAsync("Example Widgets");
    }

    private async Task<ProjectId> ManyLinksAsync()
    {
        var api = fixture.Product.Api;
        var project = new ProjectId(await api.CreateProjectAsync(new { name = "Agency: Example Widgets" }, Token));
        var links = fixture.Product.Get<ILinkStore>();
        var now = fixture.Product.Clock.GetUtcNow();
        LinkState[] states = [LinkState.Live, LinkState.Live, LinkState.Live, LinkState.Changed, LinkState.Lost, LinkState.Unreachable];
        var registered = await api.PostAsync(
            $"/api/v1/projects/{project}/links",
            Enumerable.Range(0, 500).Select(number => new
            {
                page = $"https://{SampleLinks.Host(number)}/2026/{number}/{SampleLinks.Path(number)}",
                target = $"https://example.org/{(number % 4 == 0 ? "a/rather/deep/page-about-widgets" : "")}",
                tags = new[] { "2026" },
            }),
            HttpStatusCode.OK,
            Token);
        foreach (var (number, result) in registered.GetProperty("results").EnumerateArray().Index())
        {
            var id = new LinkId(result.GetProperty("link").GetProperty("id").GetString()!);
            var link = (await links.GetAsync(project, id, Token))!;
            var full = StorageSamples.FullLink(project).Status;
            var state = states[number % states.Length];
            var at = now.AddHours(-number);
            await links.SaveCheckAsync(
                link with
                {
                    Status = full with
                    {
                        State = state,
                        Since = at,
                        LastSeenAt = at,
                        Reasons = state == LinkState.Live ? [] : full.Reasons,
                        Suspicions = [],
                        LastSeenEvidence = full.LastSeenEvidence! with { Anchor = SampleLinks.Anchor(number) },
                    },
                },
                state == LinkState.Live ? null : StorageSamples.Change(link, at, state),
                Token);
        }

        return project;
    }
}
