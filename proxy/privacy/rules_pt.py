"""Portuguese words, of Portugal and Brazil. To be read with rules.py."""

from __future__ import annotations

from typing import Final

from proxy.privacy.rule import Rule

PORTUGUESE_RULES: Final[tuple[Rule, ...]] = (
    Rule(
        "password",
        r"\bsenhas?\b|senha\b|palavra ?(passe|chave de acesso)|palavra (passe|secreta)"
        r"|código de acesso|palavrapasse",
        ("Senha", "Palavra-passe", "confirmar_senha", "novaSenha", "txtSenha"),
        ("Palavra-chave", "desenhar"),
    ),
    Rule(
        "otp",
        r"código (de )?(verificação|confirmação|ativação|activação|autenticação|sms|recuperação"
        r"|segurança enviado|validação)|código (recebido|enviado)|código de \d|código de uso único",
        ("Código de verificação", "Código de 6 dígitos", "Código enviado"),
        ("código promocional", "Código postal"),
    ),
    Rule(
        "secret_answer",
        r"(pergunta|resposta|frase) (secreta|de segurança)|nome (de solteira )?da mãe"
        r"|lembrete (de )?senha",
        ("Pergunta secreta", "Resposta de segurança", "Nome da mãe"),
        ("pergunta",),
    ),
    Rule(
        "card_number",
        r"(número|num|no|n|nr) (do )?cartão|cartão (de )?(crédito|débito|presente)|numero ?cartao"
        r"|num ?cartao|^cartão$|número do vale ?presente",
        ("Número do cartão", "Cartão de crédito", "numCartao"),
        ("cartão de visita",),
    ),
    Rule(
        "card_holder",
        r"titular|nome (no|impresso no|como no|do) (cartão|titular)|nome igual ao cartão"
        r"|portador do cartão",
        ("Titular do cartão", "Nome no cartão", "Nome impresso no cartão"),
        ("título",),
    ),
    Rule(
        "card_expiry",
        r"validade|válido até|vencimento|(data|mês|ano) (de )?(expiração|vencimento|validade)"
        r"|\bcaducidade",
        ("Validade", "Data de validade", "Mês de vencimento"),
        ("vencedor", "validar"),
    ),
    Rule(
        "card_cvc",
        r"(código|número) (de )?segurança|código de verificação do cartão|cod(igo)? ?seguranca",
        ("Código de segurança", "codigoSeguranca"),
        ("Segurança",),
    ),
    Rule(
        "bank_account",
        r"(número|num|no|n) (da )?conta|conta (bancária|corrente)|\bagência( bancária)?$"
        r"|dados bancários|\bnib\b|chave pix",
        ("Número da conta", "Conta corrente", "Agência", "NIB"),
        ("Minha conta", "desconto"),
    ),
    Rule(
        "national_id",
        r"\b(cpf|cnpj|nif|rg|niss|pis|cnh|cc|bi)( ?(ou|e|nr|no|n|numero) ?(cnpj|passaporte)?)?$"
        r"|^(cpf|cnpj|nif|niss|cnh)\b|\b(cpf|cnpj)|cartão (de |do )?cidadão|bilhete de identidade"
        r"|passaporte|carta (de )?condução|carteira de (motorista|identidade|habilitação)"
        r"|número de contribuinte|\bcontribuinte\b|título de eleitor|segurança social"
        r"|documento de identi",
        ("CPF", "txtCPF", "CNPJ", "NIF", "Cartão de cidadão", "Passaporte", "Número de contribuinte", "cpf_cnpj"),
        ("org", "pisos"),
    ),
    Rule(
        "health",
        r"\bsaúde\b|doença|gravidez|gestante|grupo sanguíneo|tipo sanguíneo|deficiência|\balergi"
        r"|plano de saúde|sintoma|consulta médica|medicament",
        ("Grupo sanguíneo", "Alergias", "Deficiência"),
        ("saudade", "gestor"),
    ),
    Rule(
        "special",
        r"\breligião|sindicato|orientação sexual|etnia|raça\b|\bcor raça|filiação partidária"
        r"|nacionalidade",
        ("Religião", "Raça", "Nacionalidade"),
        ("filiado",),
    ),
    Rule(
        "email",
        r"\bcorreio (eletrónico|electrónico|eletrônico)|endereço (de )?(e ?mail|correio)",
        ("Correio eletrónico", "Endereço de e-mail"),
        ("correio azul",),
    ),
    Rule(
        "birth_date",
        r"\bnascimento|(data|de|dt)nascimento|data ?nasc|dt ?nasc|\bnasc\b|^(dia|mês|mes) ?\d?$"
        r"|^idade$|aniversário|\bdd ?mm ?aa|naturalidade",
        ("Data de nascimento", "dtNasc", "dia", "Idade", "Aniversário"),
        ("renascimento", "novidade", "diamante"),
    ),
    Rule(
        "phone",
        r"telefone|telemóvel|telemovel|\bcelular|\bfone\b|\bddd\b|\bddi\b|\btelef|indicativo"
        r"|contacto telefónico|\btlm\b|contato$",
        ("Telefone", "Telemóvel", "Celular", "DDD", "tel_celular", "fone1"),
        ("microfone", "telenovela"),
    ),
    Rule("income", r"\brenda\b|salário|rendimento|pretensão salarial", ("Renda mensal", "Salário"), ("render",)),
    Rule(
        "postal_code",
        r"\bcep( ?\d)?\b|código ?postal|codigo ?postal|cod ?postal|\bcodpostal|cep$",
        ("CEP", "Código postal", "txtCep", "cep1", "enderecoCep"),
        ("receptor", "concepção"),
    ),
    Rule(
        "company",
        r"empresa|razão social|razao ?social|companhia|organização|\bprofissão\b|nome fantasia"
        r"|instituição|empregador|ocupação",
        ("Empresa", "Razão social", "Profissão", "Nome fantasia"),
        ("emprestar",),
    ),
    Rule(
        "vat_id",
        r"\binscrição (estadual|municipal)|\biva\b ?(n|nr|numero)",
        ("Inscrição estadual",),
        ("inscrição",),
    ),
    Rule(
        "username",
        r"usuário|usuario|utilizador|nome (de )?(usuário|utilizador|perfil)|apelido de usuário"
        r"|\balcunha\b|(número|num|n|nº|código|no) (de |do )?(cliente|sócio|cartão cliente"
        r"|utilizador|matrícula|aluno)|\bmatrícula$|\bapelido virtual|identificador",
        ("Nome de utilizador", "Usuário", "Nome de usuário", "Número de cliente", "matricula"),
        ("usual", "cliente"),
    ),
    Rule(
        "address",
        r"endereço|endereco|\bmorada|\brua\b|logradouro|\bavenida\b|\bcidade|(endereco|entrega"
        r"|cobranca|txt)cidade\b|\bestado\b|\buf\b|\bbairro|bairro\b|\bcomplemento\b|\bpaís\b"
        r"|localidade|freguesia|\bdistrito\b|concelho|\bandar\b|\bapto\b|município|(número|num|nr"
        r"|no) ?(da )?(casa|porta|residência|endereço)|ponto de referência|quadra$|\blote$",
        ("Endereço", "Morada", "Rua", "Cidade", "Bairro", "UF", "Complemento", "Localidade", "endereco_entrega"),
        ("capacidade", "velocidade", "publicidade", "complementar", "endereço IP"),
    ),
    Rule(
        "name",
        r"\bnomes?\b|sobrenome|apelido|\bnome(completo|cliente|usuario)?\b|(cliente|txt)nome\b"
        r"|primeiro nome|último nome|destinatário|\bsexo\b|gênero|género|contacto$|^quem é"
        r"|tratamento$",
        ("Nome", "Nome completo", "Sobrenome", "Apelido", "Nome próprio", "txtNome", "nomeCliente"),
        ("nome do produto", "nomear", "nome do arquivo", "nome da empresa"),
    ),
    Rule(
        "plate",
        r"placa do (veículo|carro)|matrícula do (veículo|carro)|matrícula do (automóvel|carro"
        r"|auto)|matricula auto",
        ("Placa do veículo",),
        ("placard",),
    ),
    Rule(
        "search",
        r"\bbusca[r]?\b|pesquis|procurar?\b|palavras? ?chave$|\bprocura\b",
        ("Pesquisar", "Busca", "Palavra-chave", "Procurar"),
        ("buscapé",),
    ),
    Rule(
        "quantity",
        r"quantidade|\bqtde?\b|quantos|número de (pessoas|adultos|crianças|noites|hóspedes)",
        ("Quantidade", "qtd", "Quantos?"),
        ("quando",),
    ),
    Rule(
        "coupon",
        r"cupom|cupão|código (promo\w*|de desconto|desconto)|vale (presente|desconto)",
        ("Cupom de desconto", "Código promocional"),
        ("desconto",),
    ),
    Rule(
        "filter",
        r"\bordenar|por página|\bfiltrar|preço (mín|máx|de|até)",
        ("Ordenar por", "Filtrar"),
        ("ordenado",),
    ),
    Rule("language", r"\bidioma\b|\blíngua\b|\bmoeda\b", ("Idioma", "Língua"), ("moedor",)),
    Rule(
        "consent",
        r"\baceito|lembrar (de mim|me|senha|a)|manter (me )?(conectado|sessão)|li e concordo"
        r"|concordo|receber (novidades|ofertas)|subscrev",
        ("Aceito os termos", "Lembrar de mim", "Concordo"),
        ("receita",),
    ),
    Rule(
        "option",
        r"\btamanho\b|\bcor\b|(forma|método|modo) de (pagamento|envio|entrega)|tipo (de )?(cartão"
        r"|conta|pessoa)",
        ("Tamanho", "Forma de pagamento", "Cor"),
        ("coração",),
    ),
    Rule(
        "free_text",
        r"mensagem|comentário|assunto|observaç|\btítulo\b|descrição|dúvida|sugest|\bmotivo\b",
        ("Mensagem", "Assunto", "Observações", "Comentário"),
        ("mensal",),
    ),
)
