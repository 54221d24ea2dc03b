using LinkMonitor.Api;
using LinkMonitor.ClientReports;
using LinkMonitor.Storage.ClientReports;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Testing;

namespace LinkMonitor.Tests.ClientReports;

public sealed class ReportRequestReaderTests
{
    private static readonly LinkMonitor.Storage.Projects.Project Project =
        StorageSamples.Project(new ProjectId("prj_aaaaaaaaaaaaaaaa")) with
        {
            TimeZone = "Europe/Berlin",
            Language = "de",
        };

    // Half past midnight of the 22nd in Berlin.
    private static readonly DateTimeOffset Late = new(2026, 11, 21, 23, 30, 0, TimeSpan.Zero);

    [Fact]
    public void What_is_absent_is_as_usual_on_the_day_that_it_is_there()
    {
        var errors = new FieldErrors();

        var order = ReportRequestReader.Read(
            new ReportRequest { Title = " November ", Filter = "sort:-since tag:x" }, Project, Late, errors)!;

        Assert.Equal(("November", null, "de", "tag:x"), (order.Title, order.Client, order.Language, order.Line.Text));
        Assert.Equal(new ReportPeriod(new DateOnly(2026, 10, 24), new DateOnly(2026, 11, 22)), order.Period);
        Assert.Equal(30, order.Period.Days);
        Assert.DoesNotContain(ReportSection.Placements, order.Sections);
    }

    [Fact]
    public void All_that_is_wrong_is_told_at_once()
    {
        var errors = new FieldErrors();

        Assert.Null(ReportRequestReader.Read(
            new ReportRequest { Client = new string('x', 121), From = "2026-11-31", To = "2027-01-01", Sections = ["links", "x"] },
            Project, Late, errors));

        Assert.Equal(["client", "from", "sections[1]", "title", "to"], errors.ToDictionary().Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Sections_come_once_and_in_their_order()
    {
        var order = ReportRequestReader.Read(
            new ReportRequest { Title = "x", Sections = ["links", "summary", "links"] }, Project, Late, new FieldErrors())!;

        Assert.Equal([ReportSection.Summary, ReportSection.Links], order.Sections);
    }

    [Theory]
    [InlineData("no base64!", "#112233", "logo")]
    [InlineData("PHN2Zz48L3N2Zz4=", "#112233", "logo")]
    [InlineData(null, "red", "accent")]
    public void A_brand_that_cannot_be_shown_is_refused(string? logo, string accent, string field)
    {
        var errors = new FieldErrors();

        Assert.Null(ReportRequestReader.Read(new BrandRequest { Logo = logo, Accent = accent }, errors));

        Assert.Equal([field], errors.ToDictionary().Keys);
    }

    [Fact]
    public void A_brand_without_anything_is_the_usual_one() =>
        Assert.Equal(KeptBrand.None, ReportRequestReader.Read(new BrandRequest(), new FieldErrors()));
}
