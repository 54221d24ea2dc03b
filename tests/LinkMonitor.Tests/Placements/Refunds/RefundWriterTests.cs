using System.Text.Json;
using AngleSharp.Html.Parser;
using CsvHelper;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Placements.Refunds;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Testing;
using LinkMonitor.Tests.Alerts.Composing;

namespace LinkMonitor.Tests.Placements.Refunds;

/// <summary>A refund pack as a page and as CSV, of a sound link and of one full of hostile text.</summary>
public sealed class RefundWriterTests
{
    private static readonly DateOnly Today = PlacementSamples.Day("2026-03-11");

    private static readonly WatchedLink Sound =
        PlacementSamples.Link(
            PlacementSamples.Year,
            LinkState.Lost,
            "2026-01-01:" + new string('a', 40) + "??--" + new string('c', 5) + new string('l', 18),
            Sample.Page);

    private static readonly WatchedLink Hostile = PlacementSamples.Link(
        PlacementSamples.Year with
        {
            Vendor = "=HYPERLINK(\"https://evil.example/\")\u202Egpj.exe",
            Invoice = "<img src=x onerror=alert(1)>",
            Contact = "@SUM(A1:A9)",
            Cost = 12_345.6m,
            Currency = "USD",
            End = null,
        },
        LinkState.Changed,
        "2026-03-01:naaaaaaaac",
        "https://blog.example.net/%3Cscript%3E?=cmd");

    [Fact]
    public void The_page_is_the_approved_one() => Approved.Check("refund.approved.html", Write(new RefundHtml("Europe/Berlin")));

    [Fact]
    public void The_pack_begins_with_the_claim()
    {
        var page = new HtmlParser().ParseDocument(Write(new RefundHtml("Europe/Berlin")));

        Assert.Equal("The claim", page.QuerySelector("h2")!.TextContent);
        var terms = page.QuerySelectorAll(".claim dt").Zip(
            page.QuerySelectorAll(".claim dd"), (name, value) => (name.TextContent, value.TextContent)).ToDictionary();
        Assert.Equal(["From", "To", "Contact", "Invoice", "Period", "Links", "Days", "Sum"], terms.Keys);
        Assert.Equal(Sample.Project.Name, terms["From"]);
        Assert.Contains("Fine Links", terms["To"], StringComparison.Ordinal);
        Assert.Contains("RE-17", terms["Invoice"], StringComparison.Ordinal);
        Assert.Equal("1 Jan 2026 to 10 Mar 2026, both included", terms["Period"]);
        Assert.Equal("2 of 2 not as agreed", terms["Links"]);
        Assert.StartsWith("25 of 138 not as agreed", terms["Days"], StringComparison.Ordinal);
        Assert.StartsWith("15.12 EUR", terms["Sum"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_of_more_than_three_digits_is_written_alike_at_the_top_and_at_the_end()
    {
        var days = DayAccount.Of(null, DayLog.Parse("2023-03-11:" + new string('a', 1_040)), Today);
        var (claim, totals) = (new RefundClaim(), new RefundTotals());
        claim.Add(Sound, days);
        totals.Add(days);
        var writer = new RefundHtml("Europe/Berlin");

        var pack = writer.Start(new RefundHeading("Fine Links", "P", default), claim) + writer.Link(Sound, days) + writer.End(totals);

        Assert.Contains("<dt>Days counted</dt><dd>1,040</dd>", pack, StringComparison.Ordinal);
        Assert.Contains("0 of 1,040 not as agreed", pack, StringComparison.Ordinal);
        Assert.Equal(["flex-grow:1040"], pack.Split('"', '>', '<').Where(part => part.Contains("1040", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_file_begins_with_a_claim_for_each_currency_with_the_days_of_its_own_links()
    {
        var rows = Rows();
        var claims = rows.Where(row => row["record"] == "claim").ToList();
        Assert.Equal(["", "EUR"], claims.Select(claim => claim["currency"]));
        foreach (var claim in claims)
        {
            var links = rows.Where(row => row["record"] == "link" && row["sum"].Length == 0 == (claim["currency"].Length == 0)).ToList();
            Assert.Equal(links.Count.ToString(System.Globalization.CultureInfo.InvariantCulture), claim["links"]);
            Assert.Equal((links.Min(link => link["from"]), links.Max(link => link["to"])), (claim["from"], claim["to"]));
            Assert.Equal(
                links.Sum(link => int.Parse(link["daysCounted"], System.Globalization.CultureInfo.InvariantCulture)),
                int.Parse(claim["daysCounted"], System.Globalization.CultureInfo.InvariantCulture));
        }

        Assert.Equal("15.12", claims[1]["sum"]);
    }

    [Fact]
    public void The_page_runs_and_loads_nothing_whatever_is_in_it()
    {
        var page = new HtmlParser().ParseDocument(Write(new RefundHtml("Europe/Berlin")));

        Assert.Empty(page.QuerySelectorAll("script, img, link, iframe, object, embed, form, base, video, audio, svg"));
        Assert.DoesNotContain(
            page.All, element => element.Attributes.Any(attribute => attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase)));
        Assert.DoesNotContain("url(", page.Head!.InnerHtml, StringComparison.Ordinal);
        Assert.Contains("<img src=x onerror=alert(1)>", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("[U+202E]", page.Body.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void The_file_has_a_row_for_every_link_run_change_and_currency()
    {
        var rows = Rows();

        Assert.Equal(2, rows.Count(row => row["record"] == "link"));
        Assert.Equal(
            ["as agreed", "could not tell", "not checked", "changed", "lost", "not checked"],
            rows.Where(row => row["record"] == "days" && row["linkId"] == Sound.Id.Value).Select(row => row["seen"]));
        Assert.Equal("15.12", rows.Single(row => row["record"] == "total")["sum"]);
        Assert.Equal("EUR", rows.Single(row => row["record"] == "total")["currency"]);
    }

    [Fact]
    public void Both_sides_can_compare_the_evidence_by_its_hash()
    {
        var change = Rows().First(row => row["record"] == "change");

        var hash = Convert.ToHexStringLower(
            System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(change["evidenceAfter"])));

        Assert.Equal(change["evidenceAfterSha256"], hash);
        Assert.NotNull(JsonSerializer.Deserialize(change["evidenceBefore"], StorageJsonContext.Stored.Evidence));
    }

    [Fact]
    public void The_file_starts_with_a_byte_order_mark_ends_lines_with_CRLF_and_holds_no_formula()
    {
        var text = Write(new RefundCsv());

        Assert.Equal('\uFEFF', text[0]);
        Assert.DoesNotContain("\n", text.Replace("\r\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain(
            Rows().SelectMany(row => row.Values), cell => cell.Length > 0 && "=+-@\t\r".Contains(cell[0], StringComparison.Ordinal));
    }

    [Fact]
    public void What_cannot_be_read_is_said_beside_the_total()
    {
        var totals = new RefundTotals();
        totals.AddUnreadable(links: 1, changes: 2);

        var page = new RefundHtml("Europe/Berlin").End(totals);
        var file = new RefundCsv().End(totals);

        Assert.Contains(
            "1 more link could not be read where it is stored and is in no sum: the claim may be too low.", page, StringComparison.Ordinal);
        Assert.Contains("2 changes could not be read where they are stored and are not shown", page, StringComparison.Ordinal);
        Assert.StartsWith("unreadable,", file, StringComparison.Ordinal);
        Assert.EndsWith(",1,2\r\n", file, StringComparison.Ordinal);
        Assert.DoesNotContain("could not be read", new RefundHtml("Europe/Berlin").End(new RefundTotals()), StringComparison.Ordinal);
        Assert.Equal("", new RefundCsv().End(new RefundTotals()));
    }

    private static string Write(IRefundWriter writer)
    {
        var totals = new RefundTotals();
        var claim = new RefundClaim();
        foreach (var link in new[] { Sound, Hostile })
            claim.Add(link, DayAccount.Of(link.Terms, link.Status.Days, Today));
        var pack = writer.Start(
            new RefundHeading("Fine Links", Sample.Project.Name, new DateTimeOffset(2026, 3, 11, 9, 30, 0, TimeSpan.Zero)), claim);
        foreach (var (link, transition) in new[]
        {
            (Sound, Sample.Lost),
            (
                Hostile,
                Sample.Nofollow with
                {
                    ReasonsAfter = [Sample.Reason(ReasonCode.AnchorChanged, "m", "</p><script>alert(1)</script>", "a\r\nb\u202E")],
                }),
        })
        {
            var account = DayAccount.Of(link.Terms, link.Status.Days, Today);
            totals.Add(account);
            pack += writer.Link(link, account);
            pack += writer.Change(link, Proof(transition));
        }

        return pack + writer.End(totals);
    }

    private static ChangeProof Proof(LinkTransition transition) =>
        new(Sample.Change(transition), EvidenceFit.Write(transition.Before!), EvidenceFit.Write(transition.After));

    private static List<Dictionary<string, string>> Rows()
    {
        using var csv = CsvReader.Create(new StringReader(Write(new RefundCsv()).TrimStart('\uFEFF')), new CsvReaderOptions());
        csv.ReadHeader();
        List<Dictionary<string, string>> rows = [];
        while (csv.Read())
            rows.Add(csv.Headers.Index().ToDictionary(column => column.Item, column => csv.GetString(column.Index)));
        return rows;
    }
}
