using System.Net;
using LinkMonitor.Dashboard;
using LinkMonitor.Dashboard.Pages;
using LinkMonitor.Imports;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Storage.ClientReports;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Imports;
using LinkMonitor.Storage.Links;
using LinkMonitor.Testing;

namespace LinkMonitor.IntegrationTests.Dashboard;

/// <summary>Every page of the dashboard, with values as long and odd as the web has them.</summary>
internal static class SamplePages
{
    /// <summary>Every page there is, full and empty, with the type that makes it.</summary>
    public static async Task<IReadOnlyList<(string Of, string Path)>> MakeAsync(
        Product product, CancellationToken cancellationToken)
    {
        var api = product.Api;
        var full = new ProjectId(
            await api.CreateProjectAsync(new { name = "Example Widgets", recipients = new[] { "anna@example.org" } }, cancellationToken));
        var empty = await api.CreateProjectAsync(new { name = "Nothing yet" }, cancellationToken);
        var links = product.Get<ILinkStore>();
        var id = new LinkId(await api.RegisterAsync(full.Value, SampleLinks.Long, cancellationToken));
        foreach (var sample in SampleLinks.Others)
            await api.RegisterAsync(full.Value, sample, cancellationToken);
        var link = (await links.GetAsync(full, id, cancellationToken))!;
        var change = StorageSamples.Change(link, product.Clock.GetUtcNow());
        await links.SaveCheckAsync(
            link with { Status = StorageSamples.FullLink(full).Status, Terms = StorageSamples.Terms, Note = "A note." }, change,
            cancellationToken);
        var asked = new LinkId(
            await api.RegisterAsync(
                full.Value, new { page = "https://walled.example/", target = "https://example.org/" }, cancellationToken));
        await AskedLink.MakeAsync(product, full, asked, cancellationToken);
        var waiting = new LinkId(
            await api.RegisterAsync(
                full.Value, new { page = "https://silent.example/", target = "https://example.org/" }, cancellationToken));
        await AskedLink.MakeAsync(product, full, waiting, cancellationToken, isAnswered: false);
        var one =
            (await api.PostAsync($"/api/v1/projects/{full}/cases", new { linkId = id.Value }, HttpStatusCode.Created, cancellationToken))
            .GetProperty("id").GetString();
        await api.PostAsync(
            $"/api/v1/projects/{empty}/types", new { name = "Newsletter", anchor = "Widgets", atOnce = new[] { "anchor-changed" } },
            HttpStatusCode.Created, cancellationToken);
        await api.PostAsync(
            $"/api/v1/projects/{full}/views", new { name = "Mine", filter = "state:lost" }, HttpStatusCode.Created, cancellationToken);
        var gone = await api.RegisterAsync(
            full.Value, new { page = "https://gone.example/", target = "https://example.org/" }, cancellationToken);
        await api.SendAsync(HttpMethod.Delete, $"/api/v1/projects/{full}/links/{gone}", null, HttpStatusCode.NoContent, cancellationToken);
        var before = await api.RegisterAsync(
            full.Value, new { page = "https://before.example/", target = "https://example.org/" }, cancellationToken);
        var after = (await api.SendAsync(
            HttpMethod.Patch, $"/api/v1/projects/{full}/links/{before}",
            """{"page":"https://after.example/%E6%97%A5%E6%9C%AC/%D9%85%D8%B1%D8%AD%D8%A8%D8%A7"}""", HttpStatusCode.OK, cancellationToken))
            .GetProperty("id").GetString();
        var (draft, done) = (await ImportAsync(ImportState.Draft), await ImportAsync(ImportState.Done));
        await product.Get<IPolledSheetStore>().SaveAsync(StorageSamples.Sheet(full), cancellationToken);
        await product.Get<IClientReportStore>().PutBrandAsync(
            full, new KeptBrand(new ReportBrand("An agency", "#ffee00", "image/png"), Pictures.Png(200, 60)), cancellationToken);
        var (report, _) = await SampleReport.MakeAsync(product, full.Value, cancellationToken);
        var ours = await SampleImport.BeginAsync(
            product, full.Value, "export.csv", await api.Client.GetStringAsync($"/api/v1/projects/{full}/export.csv", cancellationToken),
            ImportChoices.None, ImportState.Draft, cancellationToken);
        var addresses = product.Get<IExportAddressStore>();
        await addresses.AddAsync(StorageSamples.Address(full), cancellationToken);
        await addresses.AddAsync(StorageSamples.Address(full) with { OpenedAt = null, View = null }, cancellationToken);
        var (at, none) = ($"/app/p/{full}", $"/app/p/{empty}");
        return
        [
            (nameof(SignInPages), "/sign-in"), (nameof(ProjectsPage), "/app"), (nameof(PeoplePage), "/app/people"),
            (nameof(VendorPages), "/app/vendors"), (nameof(VendorPages), $"/app/vendors/{VendorName.IdOf(StorageSamples.Terms.Vendor)}"),
            (nameof(SystemPage), "/app/health"), (nameof(DashboardMessages), "/app/nothing"), (nameof(OverviewPage), at),
            (nameof(OverviewPage), none), (nameof(LinkListPage), $"{at}/links"), (nameof(LinkListPage), $"{none}/links?q=stat:lost"),
            (nameof(LinkListPage), $"{at}/links/new"), (nameof(BulkPage), $"{at}/links/bulk?act=mute&link={id}"),
            (nameof(LinkDetailPage), $"{at}/links/{id}"), (nameof(LinkEditPage), $"{at}/links/{id}/edit"),
            (nameof(PageLinksPage), $"{at}/links/{id}/page"), (nameof(ChangesPage), $"{at}/changes"),
            (nameof(ChangesPage), $"{none}/changes"), (nameof(AlertListPage), $"{at}/alerts"), (nameof(AlertListPage), $"{none}/alerts"),
            (nameof(ChannelsPage), $"{at}/channels"), (nameof(ChannelsPage), $"{none}/channels"), (nameof(SettingsPage), $"{at}/settings"),
            (nameof(TypesPage), $"{at}/types"), (nameof(TypesPage), $"{at}/types/new"), (nameof(TypesPage), $"{at}/types/guest-post/edit"),
            (nameof(TypesPage), $"{none}/types/newsletter/edit"),
            (nameof(CasePages), $"{at}/cases"), (nameof(CasePages), $"{none}/cases"), (nameof(CasePages), $"{at}/cases/{one}"),
            (nameof(HumanPage), $"{at}/human"), (nameof(HumanPage), $"{none}/human"), (nameof(LinkDetailPage), $"{at}/links/{asked}"),
            (nameof(FormerLinkPage), $"{at}/links/{gone}"), (nameof(FormerLinkPage), $"{at}/links/{before}"),
            (nameof(LinkDetailPage), $"{at}/links/{after}"),
            (nameof(HandOverPage), $"{at}/hand-over"), (nameof(AuditPage), $"{at}/audit"), (nameof(AuditPage), $"{none}/audit"),
            (nameof(ImportListPage), $"{at}/imports"), (nameof(ImportListPage), $"{none}/imports"),
            (nameof(ExportsPage), $"{at}/exports"), (nameof(ExportsPage), $"{none}/exports?q=stat:lost"),
            (nameof(DisavowPage), $"{at}/disavow"), (nameof(DisavowPage), $"{at}/disavow?of=host:*.example&wanted=yes"),
            (nameof(DisavowPage), $"{none}/disavow?of=tag:unwanted&scope=url"), (nameof(ImportPage), $"{at}/imports/{ours}"),
            (nameof(ImportPage), $"{at}/imports/{draft}"), (nameof(ImportPage), $"{at}/imports/{done}"),
            (nameof(ReportListPage), $"{at}/reports"), (nameof(ReportListPage), $"{none}/reports"),
            (nameof(ReportFormPage), $"{at}/reports/new"), (nameof(ReportFormPage), $"{at}/reports/new?look=1&title=x&sections=links"),
            (nameof(ReportFormPage), $"{at}/reports/new?look=1&filter=stat:lost"), (nameof(ReportBrandPage), $"{at}/reports/brand"),
            (nameof(ReportDetailPage), $"{at}/reports/{report}"), (nameof(ReportDetailPage), $"{at}/reports/{report}/page"),
        ];

        Task<string> ImportAsync(ImportState state) => SampleImport.BeginAsync(
            product, full.Value, "a-rather-long-name-of-a-file.csv",
            "Page ascore,Source title,Source url,Target url,External links,Internal links,Lost link\n"
                + "51,T,https://imported.example/1,https://example.org/,1,2,false\n51,T,not an address,https://example.org/,1,2,true\n",
            ImportChoices.None, state, cancellationToken);
    }
}

/// <summary>Links as the web has them: long, from right to left, in other scripts, and hostile.</summary>
internal static class SampleLinks
{
    private const string Target = "https://example.org/";

    private static readonly string[] Anchors =
    [
        "best link monitor", "أفضل أداة لمراقبة الروابط الخلفية", "最好的外链监控工具，适合代理商和网站所有者", "https://example.org/",
        "an anchor that goes on and on because somebody liked to write a whole sentence into it, and then another one", "", "Überwachung",
    ];

    private static readonly string[] Paths =
    [
        "ten-tools-we-love", "%E6%9C%80%E5%A5%BD%E7%9A%84%E5%A4%96%E9%93%BE%E7%9B%91%E6%8E%A7%E5%B7%A5%E5%85%B7",
        "a-rather-long-post-about-widgets-and-what-they-are-for?utm_source=newsletter&utm_campaign=autumn", "",
        "%D9%85%D8%B1%D8%AD%D8%A8%D8%A7-%D8%A8%D9%83%D9%85",
    ];

    private static readonly string[] Hosts =
    [
        "blog.example.net", "xn--fiqs8s.example", "news.example.com",
        "a-host-with-a-name-of-one-hundred-characters-for-the-sake-of.being-as-long-as-some-hosts-are.example",
    ];

    public static string Anchor(int number) => Anchors[number % Anchors.Length];

    public static string Path(int number) => Paths[number % Paths.Length];

    public static string Host(int number) => Hosts[number % Hosts.Length];

    public static object Long { get; } = new
    {
        page = "https://blog.example.net/2026/11/a-rather-long-post-about-widgets-and-what-they-are-for"
            + "?utm_source=newsletter&utm_campaign=autumn",
        target = "https://example.org/a/deep/page/of/ours/with/a/long/path/that/never/ends",
        anchor = "an anchor that goes on and on because somebody liked to write a whole sentence into it, and then another one",
        type = "guest-post",
        tags = new[] { "guest post", "a very long tag that somebody made up" },
    };

    public static IReadOnlyList<object> Others { get; } =
    [
        new { page = "https://a.example/rtl", target = Target, anchor = "أفضل أداة لمراقبة الروابط الخلفية" },
        new { page = "https://b.example/cjk", target = Target, anchor = "最好的外链监控工具，适合代理商和网站所有者" },
        new
        {
            page = "https://c.example/evil",
            target = Target,
            anchor = "\"><script>alert(1)</script><b style='color:red'>",
            note = "</textarea><script>alert(2)</script>",
        },
        new { page = $"https://{Hosts[^1]}/", target = Target, anchor = "a host of a hundred characters" },
        new { page = "https://d.example/emoji", target = Target, anchor = "👩‍👩‍👧 family", muted = true },
    ];
}
