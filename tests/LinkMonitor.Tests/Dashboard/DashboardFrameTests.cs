using LinkMonitor.Auditing;
using LinkMonitor.Dashboard;
using LinkMonitor.Dashboard.Sessions;
using LinkMonitor.Snapshots;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Testing;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Moq;

namespace LinkMonitor.Tests.Dashboard;

public sealed class DashboardFrameTests
{
    // What browsers take, with its name and attributes.
    private const int MaxCookie = 4_096;

    private readonly DashboardFrame _frame = Frame();

    [Theory]
    [InlineData("The link is changed.")]
    [InlineData("日本のとても長いお知らせ")]
    public void What_was_done_is_told_once_on_the_next_page_and_fits_into_a_cookie(string text)
    {
        var act = new DefaultHttpContext();
        var told = string.Concat(Enumerable.Repeat(text, 200));

        _frame.Done(act, "/app", told, new AuditNote("Changed the link", "lnk_a"), undo: "/app/undo", secret: new string('s', 200));

        var cookie = Assert.Single(act.Response.Headers.SetCookie)!;
        Assert.InRange(cookie.Length, 1, MaxCookie);
        Assert.Contains("httponly", cookie, StringComparison.Ordinal);
        var page = With(cookie.Split(';')[0]);
        var notice = _frame.Of(page, "Links").Notice!;
        Assert.Equal((true, "/app/undo", new string('s', 200)), (notice.IsGood, notice.UndoPath, notice.Secret));
        Assert.StartsWith(text, notice.Text, StringComparison.Ordinal);
        Assert.Contains("expires=Thu, 01 Jan 1970", page.Response.Headers.SetCookie.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("linkmonitor-notice=forged")]
    [InlineData("linkmonitor-notice=")]
    [InlineData("other=1")]
    public void What_was_not_ours_tells_nothing(string cookie) => Assert.Null(_frame.Of(With(cookie), "Links").Notice);

    [Fact]
    public void What_was_not_done_is_a_refusal_that_leads_back()
    {
        var refused = _frame.Refused(new DefaultHttpContext(), "/app", "Nothing.");

        Assert.Equal(409, Assert.IsAssignableFrom<IStatusCodeHttpResult>(refused).StatusCode);
    }

    [Fact]
    public void A_frame_has_the_tabs_of_its_project_and_names_that_turn_nothing()
    {
        var context = new DefaultHttpContext();
        context.Features.Set(StorageSamples.Project(new ProjectId("prj_a")) with { Name = "\u202Eevil" });

        var frame = _frame.Of(context, "A\u202Etitle", "links");

        Assert.Equal(("A[U+202E]title", "[U+202E]evil", "links"), (frame.Title, frame.Project?.Name, frame.Project?.Current));
        Assert.Null(frame.Visitor);
    }

    [Theory]
    [InlineData("/app/p/prj_a/links?q=tag%3Abig", "/app/p/prj_a/links?q=tag%3Abig")]
    [InlineData("/app/p/prj_a/links/lnk_a", "/app/p/prj_a/links/lnk_a")]
    [InlineData("/app/p/prj_a/links", "/app/p/prj_a/links")]
    [InlineData("", "/app/p/prj_a/links")]
    [InlineData("/app/p/prj_a/linksx", "/app/p/prj_a/links")]
    [InlineData("/app/p/prj_b/links", "/app/p/prj_a/links")]
    [InlineData("https://evil.example/app/p/prj_a/links", "/app/p/prj_a/links")]
    [InlineData("//evil.example", "/app/p/prj_a/links")]
    [InlineData("/app/p/prj_a/links?q=\r\nSet-Cookie: a=b", "/app/p/prj_a/links")]
    [InlineData("/app/p/prj_a/links/..\\evil", "/app/p/prj_a/links")]
    public void A_place_to_go_back_to_is_one_of_the_page_only(string sent, string place) =>
        Assert.Equal(
            place,
            DashboardFrame.PlaceOf(
                new FormCollection(new Dictionary<string, StringValues> { [LinkMonitor.Views.Frame.PlaceField] = sent }),
                "/app/p/prj_a/links"));

    private static DefaultHttpContext With(string cookie)
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.Cookie = cookie;
        return context;
    }

    private static DashboardFrame Frame()
    {
        var services = new ServiceCollection().AddLogging().AddAntiforgery().BuildServiceProvider();
        return new DashboardFrame(
            services.GetRequiredService<IAntiforgery>(), new EphemeralDataProtectionProvider(), new SessionCookie(null),
            new LinkLists(
                new SnapshotCache(
                    Mock.Of<ILinkFactStore>(), new LinkWrites(), Options.Create(new SnapshotOptions()), TimeProvider.System,
                    NullLogger<SnapshotCache>.Instance),
                Mock.Of<ILinkFactStore>(), TimeProvider.System));
    }
}
