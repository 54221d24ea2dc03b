using LinkMonitor.Api;
using LinkMonitor.Links;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Testing;

namespace LinkMonitor.Tests.Links;

public sealed class TermsRulesTests
{
    private static readonly Terms Sound = StorageSamples.Terms;

    public static TheoryData<Terms, string> Misfits => new()
    {
        { Sound with { End = new DateOnly(2025, 12, 31) }, "terms.end" },
        { Sound with { Currency = null }, "terms.currency" },
        { Sound with { Cost = 1.005m }, "terms.cost" },
        { Sound with { Cost = 0.5m, Currency = "JPY" }, "terms.cost" },
        { Sound with { CostPeriod = CostPeriod.Term, Start = null }, "terms.start" },
    };

    public static TheoryData<Terms> Fits =>
    [
        Sound,
        Sound with { End = Sound.Start },
        Sound with { Cost = 1.005m, Currency = "KWD" },
        Sound with { Cost = 12.00m, Currency = "JPY" },
        Sound with { CostPeriod = CostPeriod.Term, Start = null, End = null },
        Sound with { Cost = null, Currency = null, CostPeriod = CostPeriod.Term, Start = null },
    ];

    [Theory]
    [MemberData(nameof(Misfits))]
    public void Parts_that_do_not_fit_are_named(Terms terms, string field)
    {
        var errors = new FieldErrors();

        TermsRules.Check(terms, errors);

        Assert.Equal(field, Assert.Single(errors.ToDictionary()).Key);
    }

    [Theory]
    [MemberData(nameof(Fits))]
    public void Parts_that_fit_are_accepted(Terms terms)
    {
        var errors = new FieldErrors();

        TermsRules.Check(terms, errors);

        Assert.False(errors.Any);
    }

    [Fact]
    public void An_edit_that_does_not_fit_leaves_the_link_as_it_was()
    {
        var link = StorageSamples.Link(new ProjectId("prj_a")) with { Terms = Sound };

        var kept = TermsRules.Guard(link, link with { Terms = Sound with { Currency = null }, Note = "new" }, out var errors);

        Assert.Same(link, kept);
        Assert.True(errors.Any);
    }

    [Fact]
    public void Terms_with_nothing_in_them_are_none()
    {
        var link = StorageSamples.Link(new ProjectId("prj_a")) with { Terms = Sound };

        var edited = TermsRules.Guard(link, link with { Terms = new Terms { CostPeriod = CostPeriod.Month } }, out _);

        Assert.Null(edited.Terms);
    }

    [Fact]
    public void An_end_before_the_start_is_told_with_all_else_that_is_wrong()
    {
        var errors = new FieldErrors();

        TermsReader.Read(new TermsRequest { Start = "2026-05-01", End = "2026-01-01", Currency = "none" }, errors);

        Assert.Equal(["terms.currency", "terms.end"], errors.ToDictionary().Keys.Order(StringComparer.Ordinal));
    }
}
