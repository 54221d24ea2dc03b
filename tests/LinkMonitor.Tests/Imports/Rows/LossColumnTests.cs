using LinkMonitor.Imports.Rows;

namespace LinkMonitor.Tests.Imports.Rows;

/// <summary>
/// Which links a tool has found gone (<see cref="LossColumns"/>, <see cref="LossWords"/>): only what is known counts, on either side.
/// </summary>
public sealed class LossColumnTests
{
    [Theory]
    [InlineData("FALSKT"), InlineData("FALSK"), InlineData("EPÄTOSI"), InlineData("NEPRAVDA"), InlineData("HAMIS"), InlineData("YANLIŞ")]
    [InlineData("FALS"), InlineData("ΨΕΥΔΗΣ"), InlineData("ΛΑΘΟΣ"), InlineData("שקר"), InlineData("خطأ"), InlineData("거짓")]
    [InlineData("Nej"), InlineData("いいえ"), InlineData("ΌΧΙ"), InlineData("onwaar"), InlineData("Faux"), InlineData("FALSZ")]
    [InlineData("ЛОЖЬ"), InlineData("Usann")]
    [InlineData("0.0"), InlineData("(null)"), InlineData("NaT"), InlineData("0000-00-00"), InlineData("0000-00-00 00:00:00")]
    [InlineData("1970-01-01T00:00:00Z"), InlineData("1900-01-00"), InlineData("00/00/0000"), InlineData("—"), InlineData("N/A")]
    public void What_means_no_in_a_program_of_any_language_is_not_lost(string cell)
    {
        Assert.Equal(LossSign.There, TruthText.Loss(cell));
        Assert.False(Assert.IsType<LinkFileRow>(Row(cell)).Text.WasLost);
    }

    [Theory]
    [InlineData("SANT"), InlineData("SAND"), InlineData("TOSI"), InlineData("PRAVDA"), InlineData("IGAZ"), InlineData("DOĞRU")]
    [InlineData("ADEVĂRAT"), InlineData("ΑΛΗΘΗΣ"), InlineData("ΣΩΣΤΌ"), InlineData("אמת"), InlineData("صح"), InlineData("참")]
    [InlineData("はい"), InlineData("1.0"), InlineData("ИСТИНА"), InlineData("2026-05-05")]
    [InlineData("2026-05-05T11:57:32Z"), InlineData("05.05.2026 11:57")]
    [InlineData("5/5/2026 11:57 PM"), InlineData("5 May 2026"), InlineData("3 sept. 2026"), InlineData("28 de set. de 2026")]
    [InlineData("2026年9月3日"), InlineData("05.05.26"), InlineData("45000"), InlineData("45000,5"), InlineData("1714867200")]
    [InlineData("20260505")]
    public void What_means_yes_or_says_when_is_lost(string cell)
    {
        Assert.Equal(LossSign.Gone, TruthText.Loss(cell));
        Assert.True(Assert.IsType<LinkFileRow>(Row(cell)).Text.WasLost);
    }

    [Theory]
    [InlineData("maybe"), InlineData("never"), InlineData("#REF!"), InlineData("#N/A"), InlineData("12"), InlineData("-1")]
    [InlineData("fal")]
    [InlineData("not since 2026-01-01"), InlineData("1969-12-31"), InlineData("https://a.example/")]
    public void What_means_neither_for_certain_is_a_bad_row_that_names_it(string cell)
    {
        var bad = Assert.IsType<BadRow>(Row(cell));

        Assert.Equal(2, bad.Line);
        Assert.Contains($"'{cell}' in the column 'Lost link'", bad.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void What_nobody_understands_can_be_passed_over()
    {
        const string Text = "Source url,Target url,Lost link\nhttps://a.example/,https://example.org/,who knows\n";
        var ignored = RowDefaults.None with { Columns = new Dictionary<string, ColumnRole> { ["Lost link"] = ColumnRole.Ignored } };

        Assert.IsType<LinkFileRow>(Assert.Single(Rows(Text, ignored)));
        Assert.IsType<LinkFileRow>(Assert.Single(Rows(Text, RowDefaults.None with { WithLost = true })));
    }

    [Theory]
    [InlineData("Verloren", "", "2026-01-01 00:00:00")]
    [InlineData("Lien perdu", "faux", "vrai")]
    [InlineData("Removed", "false", "true")]
    [InlineData("Link Lost", "", "2026-02-01")]
    [InlineData("Date de perte", "", "01/02/2026")]
    [InlineData("Enlace perdido", "FALSO", "VERDADERO")]
    [InlineData("Link verwijderd op", "", "1-2-2026")]
    [InlineData("Ссылка удалена", "нет", "да")]
    [InlineData("削除日", "", "2026/02/01")]
    [InlineData("isDeleted", "0", "1")]
    [InlineData("Lost status", "", "removedfromhtml")]
    [InlineData("Verlustgrund", "", "Aus dem Text genommen")]
    [InlineData("Status", "Active", "Not found")]
    [InlineData("Is live", "TRUE", "FALSE")]
    [InlineData("Live?", "ja", "nein")]
    public void A_column_of_losses_is_known_in_any_words(string name, string there, string gone)
    {
        var rows = Rows($"Source url,Target url,{name}\nhttps://a.example/,https://example.org/,{there}\n"
            + $"https://b.example/,https://example.org/,{gone}\n");

        Assert.Equal([false, true], rows.Cast<LinkFileRow>().Select(row => row.Text.WasLost));
    }

    [Theory]
    [InlineData("Lost links", "12", "0")]
    [InlineData("Distance", "Entfernung", "x")]
    [InlineData("Missing alt", "true", "false")]
    [InlineData("Live", "2026-01-01", "0")]
    public void A_column_that_only_sounds_like_it_is_none(string name, string one, string other) =>
        Assert.All(
            Rows($"Source url,Target url,{name}\nhttps://a.example/,https://example.org/,{one}\n"
                + $"https://b.example/,https://example.org/,{other}\n"),
            row => Assert.False(Assert.IsType<LinkFileRow>(row).Text.WasLost));

    [Theory]
    [InlineData("FlagDeleted,DateLost", "1,", "0,2026-01-01", "0,")]
    [InlineData("Lost link,Lost", "true,", "false,2026-01-01", "false,")]
    [InlineData("Status,Lost", "Lost,", "Live,2026-01-01", "Live,")]
    [InlineData("Lost status,Lost", "pageerror,", ",2026-01-01", ",")]
    public void Of_several_columns_one_that_says_lost_is_enough(string names, string one, string other, string there)
    {
        var rows = Rows($"Source url,Target url,{names}\nhttps://a.example/,https://example.org/,{one}\n"
            + $"https://b.example/,https://example.org/,{other}\nhttps://c.example/,https://example.org/,{there}\n");

        Assert.Equal([true, true, false], rows.Cast<LinkFileRow>().Select(row => row.Text.WasLost));
    }

    [Fact]
    public void Somebody_may_say_of_several_columns_that_they_tell_losses()
    {
        var rows = Rows(
            "Source url,Target url,One,Two\nhttps://a.example/,https://example.org/,yes,no\n"
                + "https://b.example/,https://example.org/,no,yes\n",
            RowDefaults.None with
            {
                Columns = new Dictionary<string, ColumnRole> { ["One"] = ColumnRole.Lost, ["Two"] = ColumnRole.Lost },
            });

        Assert.All(rows, row => Assert.True(Assert.IsType<LinkFileRow>(row).Text.WasLost));
    }

    [Fact]
    public void Our_own_names_for_page_and_target_hide_no_loss() =>
        Assert.True(Assert.IsType<LinkFileRow>(Assert.Single(Rows("page,target,lost\nhttps://a.example/,https://example.org/,true\n")))
            .Text.WasLost);

    [Fact]
    public void A_day_is_told_by_numbers_and_names_of_months() =>
        Assert.Equal(
            (true, true, false, false, false),
            (DayText.IsDay("1 Οκτ 2026"), DayText.IsDay("wt., 5 maj 2026"), DayText.IsDay("2026"), DayText.IsDay("perhaps 5 2026"),
                DayText.IsDay("3 of 2026 links")));

    private static object Row(string cell) =>
        Assert.Single(Rows($"Source url,Target url,Lost link\nhttps://a.example/,https://example.org/,\"{cell}\"\n"));

    private static List<object> Rows(string text, RowDefaults? defaults = null) =>
        [.. ReadFile.Open(text, defaults).Single().Rows(TestContext.Current.CancellationToken)];
}
